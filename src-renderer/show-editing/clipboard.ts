import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import type { Show } from '@shared/domain/show.ts'
import { scenesInside, sceneOf } from '@shared/domain/show.ts'
import type { Source } from '@shared/domain/source.ts'
import type { Group } from './group-edits.ts'
import type { ItemPatch } from './item-patch.ts'
import { gathered } from './item-edits.ts'
import { withScene } from './show-edits.ts'
import type { ShowEdit } from './show-edits.ts'

/** Items with all that they need to be put somewhere else: a source that is gone by then comes back with them. */
export interface Copied {
  items: readonly SceneItem[]
  sources: readonly Source[]
  groups: readonly Group[]
}

/** As many as a show may hold. */
export const MAX_ITEMS = 500
const MAX_SOURCES = 200
/** A copy lies so far from its original, canvas pixels. */
export const COPY_OFFSET = 20

/** What is selected, back to front. */
export function copyItems(show: Show, scene: Scene, ids: readonly string[]): Copied {
  const items = scene.items.filter((each) => ids.includes(each.id))
  const [sourceIds, groupIds] = [new Set(items.map((each) => each.sourceId)), new Set(items.map((each) => each.groupId))]
  return {
    items, sources: show.sources.filter((each) => sourceIds.has(each.id)), groups: scene.groups?.filter((each) => groupIds.has(each.id)) ?? [],
  }
}

/**
 * Puts copies in front of everything: the same sources shown once more. `newId` names what is new; give it once per paste, and the
 * same ids come out again. What would show a scene inside itself is left out, and nothing is pasted that the show cannot hold.
 */
export const pasteItems = (copied: Copied, newIds: ReadonlyMap<string, string>, offset: number): ShowEdit => (show, sceneId) => {
  const returning = copied.sources.filter((each) => !show.sources.some((other) => other.id === each.id))
  const withSources: Show = returning.length > 0 ? { ...show, sources: [...show.sources, ...returning] } : show
  if (withSources.sources.length > MAX_SOURCES) return show
  const pasted = withScene(withSources, sceneId, (scene) => {
    const items = copied.items.filter((each) => fitsInto(withSources, scene, each)).map((each): SceneItem => {
      const { groupId, ...item } = each
      const newGroup = groupId === undefined ? undefined : newIds.get(groupId)
      return { ...item, id: newIds.get(each.id) ?? each.id, x: each.x + offset, y: each.y + offset, ...(newGroup ? { groupId: newGroup } : {}) }
    })
    if (items.length === 0 || scene.items.length + items.length > MAX_ITEMS) return scene
    const groups = copied.groups.map((each) => ({ ...each, id: newIds.get(each.id) ?? each.id }))
    return gathered({ ...scene, items: [...scene.items, ...items], ...(scene.groups || groups.length > 0 ? { groups: [...(scene.groups ?? []), ...groups] } : {}) })
  })
  return pasted === withSources ? show : pasted
}

function fitsInto(show: Show, scene: Scene, item: SceneItem): boolean {
  const source = show.sources.find((each) => each.id === item.sourceId)
  if (!source) return false
  return source.kind !== 'scene' || (source.sceneId !== scene.id && !scenesInside(show, source.sceneId).has(scene.id))
}

/** New names for copies of items and groups. */
export function newIdsFor(copied: Copied, newId: () => string): Map<string, string> {
  return new Map([...copied.items, ...copied.groups].map((each) => [each.id, newId()]))
}

/** How an item lies and looks, to be given to others. */
export function transformOf({ x, y, width, height, rotationDeg, crop, fit, flipX, flipY, opacity }: SceneItem): ItemPatch {
  return { x, y, width, height, rotationDeg, crop, fit, flipX, flipY, opacity }
}

/** The ids of a scene's items that came with a paste, back to front. */
export const pastedIds = (show: Show, sceneId: string | undefined, newIds: ReadonlyMap<string, string>): string[] => {
  const fresh = new Set(newIds.values())
  return sceneOf(show, sceneId).items.filter((each) => fresh.has(each.id)).map((each) => each.id)
}
