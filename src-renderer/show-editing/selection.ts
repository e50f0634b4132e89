import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import type { Point } from '../geometry/box.ts'
import { boundsOf, contains } from '../geometry/box.ts'
import type { Bounds } from '../geometry/box.ts'

/** Ids of items in the order in which they were chosen; the last is the primary one. */
export type Selection = readonly string[]

/** The item with all of its group, itself last; within a group that was entered, itself alone. */
export function unitOf(scene: Scene, itemId: string, selection: Selection = []): string[] {
  const item = scene.items.find((each) => each.id === itemId)
  if (!item) return []
  const members = scene.items.filter((each) => item.groupId !== undefined && each.groupId === item.groupId).map((each) => each.id)
  if (members.length === 0 || isInside(members, selection)) return [itemId]
  return [...members.filter((each) => each !== itemId), itemId]
}

/** A group was entered when a part of it, and nothing else, is selected. */
const isInside = (members: readonly string[], selection: Selection): boolean =>
  selection.length > 0 && selection.length < members.length && selection.every((each) => members.includes(each))

/** A click: on its own it selects, with Shift or Ctrl it adds or takes away. */
export function clicked(scene: Scene, selection: Selection, itemId: string, adds: boolean): Selection {
  if (!adds) return unitOf(scene, itemId, selection)
  const unit = unitOf(scene, itemId)
  return selection.includes(itemId) ? selection.filter((each) => !unit.includes(each)) : [...selection.filter((each) => !unit.includes(each)), ...unit]
}

/** Everything from the primary one to the clicked one, as the list shows it; the clicked one becomes primary. */
export function rangeTo(scene: Scene, selection: Selection, itemId: string): Selection {
  const at = (id: string | undefined): number => scene.items.findIndex((each) => each.id === id)
  const [from, to] = [at(selection.at(-1)), at(itemId)]
  if (from < 0 || to < 0) return [itemId]
  const range = scene.items.slice(Math.min(from, to), Math.max(from, to) + 1).map((each) => each.id)
  return [...(from <= to ? range : range.toReversed())]
}

/** Items under a point, front-most first; hidden and locked ones let the pointer through. */
export function itemsAt(scene: Scene, point: Point): SceneItem[] {
  return scene.items.filter((each) => each.visible && !each.locked && contains(each, point)).toReversed()
}

/** What a rubber band touches, groups as a whole. */
export function within(scene: Scene, band: Bounds): string[] {
  const touched = scene.items.filter((each) => {
    if (!each.visible || each.locked) return false
    const bounds = boundsOf(each)
    return bounds.left < band.right && bounds.right > band.left && bounds.top < band.bottom && bounds.bottom > band.top
  })
  return [...new Set(touched.flatMap((each) => unitOf(scene, each.id)))]
}

/** What is left of a selection in a scene: items may have gone by an undo. */
export function alive(scene: Scene | null, selection: Selection): Selection {
  const ids = new Set(scene?.items.map((each) => each.id))
  return selection.every((each) => ids.has(each)) ? selection : selection.filter((each) => ids.has(each))
}
