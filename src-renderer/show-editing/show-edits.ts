import { layoutsOnCanvas } from '@shared/domain/layouts/on-canvas.ts'
import { sceneOf } from '@shared/domain/show.ts'
import { DEFAULT_STRIP, type Strip } from '@shared/domain/strip.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import type { Source } from '@shared/domain/source.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { rescale } from '../geometry/resize.ts'
import { patched, withinLimits } from './item-patch.ts'
import type { ItemPatch } from './item-patch.ts'
import { secondFollows } from './second-follows.ts'

/**
 * Every edit of a show is a pure function from one show to the next; an edit of something that is gone changes nothing.
 * `sceneId`: the scene that is being edited; the one on air unless another one is.
 */
export type ShowEdit = (show: Show, sceneId?: string) => Show

/** The show with the edited scene changed; the very same show when the scene came back as it was. */
export function withScene(show: Show, sceneId: string | undefined, change: (scene: Scene) => Scene): Show {
  const current = sceneOf(show, sceneId)
  const next = change(current)
  return next === current ? show : { ...show, scenes: show.scenes.map((each) => (each.id === current.id ? next : each)) }
}

export function withItems(show: Show, sceneId: string | undefined, change: (items: SceneItem[]) => SceneItem[]): Show {
  return withScene(show, sceneId, (scene) => {
    const items = change(scene.items)
    return items === scene.items ? scene : { ...scene, items }
  })
}

/** Adds a source, with its place in front of the current scene when it has a picture. */
export const addSource = (source: Source, item: SceneItem | null): ShowEdit => (show, sceneId) => {
  const added = { ...show, sources: [...show.sources, source] }
  return item ? withItems(added, sceneId, (items) => [...items, item]) : added
}

export const changeSource = (next: Source): ShowEdit => (show) =>
  show.sources.some((each) => each.id === next.id && each.kind === next.kind)
    ? { ...show, sources: show.sources.map((each) => (each.id === next.id ? next : each)) }
    : show

/** Removes the source, every place of it and its strip. */
export const removeSource = (sourceId: string): ShowEdit => (show) => {
  if (!show.sources.some((each) => each.id === sourceId)) return show
  const { [sourceId]: _gone, ...strips } = show.strips
  return {
    ...show,
    sources: show.sources.filter((each) => each.id !== sourceId),
    scenes: show.scenes.map((each) => ({ ...each, items: each.items.filter((item) => item.sourceId !== sourceId) })),
    strips,
    ...(show.mixedSourceIds && { mixedSourceIds: show.mixedSourceIds.filter((id) => id !== sourceId) }),
  }
}

/** Removes one place; the source goes with its last one. */
export const removeItem = (itemId: string): ShowEdit => (show, sceneId) => {
  const item = sceneOf(show, sceneId).items.find((each) => each.id === itemId)
  if (!item) return show
  const places = show.scenes.flatMap((each) => each.items).filter((each) => each.sourceId === item.sourceId)
  if (places.length === 1) return removeSource(item.sourceId)(show)
  return withItems(show, sceneId, (items) => items.filter((each) => each.id !== itemId))
}

/** Geometry stays within what a show may hold; a locked item keeps its place but can be hidden and unlocked. */
export const changeItem = (itemId: string, patch: ItemPatch): ShowEdit => (show, sceneId) =>
  withItems(show, sceneId, (items) => {
    const index = items.findIndex((each) => each.id === itemId)
    const before = items[index]
    const after = before && patched(before, patch)
    return after && after !== before ? items.with(index, after) : items
  })

export const changeStrip = (sourceId: string, patch: Partial<Strip>): ShowEdit => (show) => {
  const before = show.strips[sourceId] ?? DEFAULT_STRIP
  return { ...show, strips: { ...show.strips, [sourceId]: { ...before, ...patch } } }
}

export const renameShow = (name: string): ShowEdit => (show) => ({ ...show, name })

/** Another encoding; when the canvas changes, every scene is laid out anew on it. */
export const changeEncoding = (next: Encoding): ShowEdit => (was) => {
  const { encoding: before } = was
  const show = secondFollows(was, before, next)
  if (before.width === next.width && before.height === next.height) return { ...show, encoding: next }
  const scenes = show.scenes.map((each) => ({ ...each, items: each.items.map((item) => ({ ...item, ...withinLimits(rescale(item, before, next)) })) }))
  return layoutsOnCanvas({ ...show, encoding: next, scenes }, before, next)
}
