import type { Scene } from '@shared/domain/scene.ts'
import { gathered } from './item-edits.ts'
import { withScene } from './show-edits.ts'
import type { ShowEdit } from './show-edits.ts'

export type Group = NonNullable<Scene['groups']>[number]
/** As many as a show may hold. */
const MAX_GROUPS = 200

/** Makes one group of these items, out of whatever groups they were in. It comes to lie where the front-most of them is. */
export const groupItems = (ids: readonly string[], groupId: string, name: string): ShowEdit => (show, sceneId) =>
  withScene(show, sceneId, (scene) => {
    const wanted = new Set(ids)
    if (!scene.items.some((each) => wanted.has(each.id))) return scene
    const items = scene.items.map((each) => (wanted.has(each.id) ? { ...each, groupId } : each))
    const next = gathered({ ...scene, items, groups: [...(scene.groups ?? []), { id: groupId, name, collapsed: false }] })
    return (next.groups?.length ?? 0) > MAX_GROUPS ? scene : next
  })

/** Dissolves every group that one of these items is in; the items stay where they are. */
export const ungroupItems = (ids: readonly string[]): ShowEdit => (show, sceneId) =>
  withScene(show, sceneId, (scene) => {
    const dissolved = new Set(scene.items.flatMap((each) => (ids.includes(each.id) && each.groupId !== undefined ? [each.groupId] : [])))
    if (dissolved.size === 0) return scene
    const items = scene.items.map((each) => {
      if (each.groupId === undefined || !dissolved.has(each.groupId)) return each
      const { groupId: _gone, ...item } = each
      return item
    })
    return gathered({ ...scene, items })
  })

export const changeGroup = (groupId: string, patch: Partial<Omit<Group, 'id'>>): ShowEdit => (show, sceneId) =>
  withScene(show, sceneId, (scene) => {
    const before = scene.groups?.find((each) => each.id === groupId)
    if (!before || (Object.keys(patch) as (keyof typeof patch)[]).every((key) => patch[key] === before[key])) return scene
    return { ...scene, groups: (scene.groups ?? []).map((each) => (each === before ? { ...each, ...patch } : each)) }
  })

/** Puts an item to a place of the list (0 = farthest back, counted without it), into a group or out of all. */
export const putItem = (itemId: string, index: number, groupId: string | undefined): ShowEdit => (show, sceneId) =>
  withScene(show, sceneId, (scene) => {
    const item = scene.items.find((each) => each.id === itemId)
    if (!item) return scene
    const { groupId: _before, ...free } = item
    const items = scene.items.filter((each) => each !== item)
    items.splice(Math.max(0, Math.min(items.length, index)), 0, groupId === item.groupId ? item : groupId === undefined ? free : { ...free, groupId })
    const next = gathered({ ...scene, items })
    return next.items.every((each, at) => each === scene.items[at]) ? scene : next
  })

/** Puts a whole group behind the item at a place of the list (0 = farthest back, counted without the group). */
export const putGroup = (groupId: string, index: number): ShowEdit => (show, sceneId) =>
  withScene(show, sceneId, (scene) => {
    const members = scene.items.filter((each) => each.groupId === groupId)
    const others = scene.items.filter((each) => each.groupId !== groupId)
    const items = others.toSpliced(Math.max(0, Math.min(others.length, index)), 0, ...members)
    const next = gathered({ ...scene, items })
    return next.items.every((each, at) => each === scene.items[at]) ? scene : next
  })
