import { sceneOf, type Show } from '@shared/domain/show.ts'
import { type Layout, MAX_LAYOUT_ANIMATION_MS, type Region } from '@shared/domain/layout.ts'
import { laidOut } from '@shared/domain/layouts/laid-out.ts'
import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import type { Source } from '@shared/domain/source.ts'
import type { ShowEdit } from './show-edits.ts'

/** The edited scene with another layout; the very same show when nothing is different. */
export function withLayout(show: Show, sceneId: string | undefined, change: (before: Layout | undefined) => Layout | undefined): Show {
  const scene = sceneOf(show, sceneId)
  const next = change(scene.layout)
  if (next === scene.layout || JSON.stringify(next) === JSON.stringify(scene.layout)) return show
  const { layout: _before, ...rest } = scene
  return withScene(show, next ? { ...rest, layout: next } : rest)
}

const withScene = (show: Show, scene: Scene): Show => ({ ...show, scenes: show.scenes.map((each) => (each.id === scene.id ? scene : each)) })

/** Another layout, or none: then everything is where it was put by hand before. */
export const setLayout = (layout: Layout | undefined): ShowEdit => (show, sceneId) => withLayout(show, sceneId, () => layout)

/**
 * Who is first or large. In a custom layout that is its largest region: whoever was fixed there changes places with this one.
 * Undefined = nobody in particular.
 */
export const setMain = (sourceId: string | undefined): ShowEdit => (show, sceneId) =>
  withLayout(show, sceneId, (before) => {
    if (!before) return before
    if (before.template === 'custom') return { ...before, regions: withMain(before.regions, sourceId) }
    const { mainSourceId: _main, ...rest } = before
    return sourceId === undefined ? rest : { ...rest, mainSourceId: sourceId }
  })

/** Of several equally large ones the first in the list. */
export const largestRegion = (regions: readonly Region[]): Region | undefined =>
  regions.reduce<Region | undefined>((best, each) => (!best || each.width * each.height > best.width * best.height ? each : best), undefined)

function withMain(regions: readonly Region[], sourceId: string | undefined): Region[] {
  const largest = largestRegion(regions)
  const before = largest?.sourceId
  return regions.map((each) => {
    if (each === largest) return fixedTo(each, sourceId)
    return sourceId !== undefined && each.sourceId === sourceId ? fixedTo(each, before) : each
  })
}

export function fixedTo(region: Region, sourceId: string | undefined): Region {
  const { sourceId: _before, ...rest } = region
  return sourceId === undefined ? rest : { ...rest, sourceId }
}

/** Whether the layout places an item; undefined = as its kind usually does. */
export const setPlacedBy = (itemId: string, placedBy: SceneItem['placedBy']): ShowEdit => (show, sceneId) => {
  const scene = sceneOf(show, sceneId)
  const item = scene.items.find((each) => each.id === itemId)
  if (!item || item.placedBy === placedBy) return show
  const { placedBy: _before, ...rest } = item
  const next: SceneItem = placedBy ? { ...rest, placedBy } : rest
  return withScene(show, { ...scene, items: scene.items.map((each) => (each === item ? next : each)) })
}

/** Takes one item out of the layout: it stays where the layout had put it, and from now on where it is put by hand. */
export const takeOut = (itemId: string): ShowEdit => (show, sceneId) => {
  const scene = sceneOf(show, sceneId)
  const placed = laidOut(scene, show.sources, show.encoding).items.find((each) => each.id === itemId)
  if (!scene.layout || !placed || scene.items.find((each) => each.id === itemId)?.placedBy === 'hand') return show
  const { insteadOf: _none, ...item } = placed
  return withScene(show, { ...scene, items: scene.items.map((each) => (each.id === itemId ? { ...item, placedBy: 'hand' } : each)) })
}

/**
 * Leaves the layout with everything staying where it is seen: places and order become those of the items, backgrounds become sources
 * of their own. `names` are those of the new sources.
 */
export const editByHand = (newId: () => string, names: { colour: string; image: string }): ShowEdit => (show, sceneId) => {
  const scene = sceneOf(show, sceneId)
  if (!scene.layout) return show
  const own = new Set(scene.items.map((each) => each.id))
  const made: Source[] = []
  const items = laidOut(scene, show.sources, show.encoding).items.flatMap(({ insteadOf, ...item }): SceneItem[] => {
    if (own.has(item.id)) return [item]
    if (insteadOf !== undefined || show.sources.length + made.length >= MAX_SOURCES) return []
    const source = madeFrom(item.sourceId, newId(), names)
    made.push(source)
    const { placedBy: _layout, ...rest } = item
    return [{ ...rest, id: newId(), sourceId: source.id }]
  })
  const { layout: _left, ...rest } = scene
  return { ...withScene(show, { ...rest, items }), sources: [...show.sources, ...made] }
}

/** What a show may hold. */
const MAX_SOURCES = 200

/** A source like the one that the layout showed (`colour:…` or `asset:…`). */
function madeFrom(sourceId: string, id: string, names: { colour: string; image: string }): Source {
  const [kind, ...rest] = sourceId.split(':')
  const value = rest.join(':')
  return kind === 'colour' ? { id, kind: 'colour', name: names.colour, colour: value } : { id, kind: 'image', name: names.image, assetId: value }
}

/** How long moving from one layout to another takes; 0 = at once. */
export const setLayoutAnimationMs = (ms: number): ShowEdit => (show) => {
  const next = Math.min(MAX_LAYOUT_ANIMATION_MS, Math.max(0, Math.round(ms)))
  return (show.layoutAnimationMs ?? 0) === next ? show : { ...show, layoutAnimationMs: next }
}
