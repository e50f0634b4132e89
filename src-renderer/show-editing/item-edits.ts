import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import { sceneOf } from '@shared/domain/show.ts'
import { patched } from './item-patch.ts'
import type { ItemPatch } from './item-patch.ts'
import { removeItem, withItems, withScene } from './show-edits.ts'
import type { ShowEdit } from './show-edits.ts'

/** Every item by its id to what is changed of it. */
export type Patches = ReadonlyMap<string, ItemPatch>

const GEOMETRY: readonly (keyof ItemPatch)[] = ['x', 'y', 'width', 'height', 'rotationDeg']

/** Changes several items at once. What a layout has placed and is now placed otherwise stays where it was put: it leaves the layout. */
export const patchItems = (patches: Patches): ShowEdit => (show, sceneId) =>
  withScene(show, sceneId, (scene) => {
    let changed = false
    const items = scene.items.map((item) => {
      const patch = patches.get(item.id)
      const next = patch ? patched(item, scene.layout && !item.locked ? byHand(patch) : patch) : item
      changed ||= next !== item
      return next
    })
    return changed ? { ...scene, items } : scene
  })

const byHand = (patch: ItemPatch): ItemPatch => (GEOMETRY.some((key) => key in patch) ? { ...patch, placedBy: 'hand' } : patch)

/**
 * As `patchItems`, for patches that were reckoned from where items are seen: what a layout has placed takes that place along, since its
 * own is another one.
 */
export const placeItems = (placed: readonly SceneItem[], patches: Patches): ShowEdit => {
  const whole = new Map(placed.map(({ id, x, y, width, height, rotationDeg, fit }) => [id, { x, y, width, height, rotationDeg, fit }]))
  return patchItems(new Map([...patches].map(([id, patch]) => [id, GEOMETRY.some((key) => key in patch) ? { ...whole.get(id), ...patch } : patch])))
}

/** The same change for several items, or one that depends on the item. */
export const changeItems = (ids: readonly string[], patch: ItemPatch | ((item: SceneItem) => ItemPatch)): ShowEdit => (show, sceneId) => {
  const items = sceneOf(show, sceneId).items.filter((each) => ids.includes(each.id))
  return patchItems(new Map(items.map((item) => [item.id, typeof patch === 'function' ? patch(item) : patch])))(show, sceneId)
}

/** Removes places; a source goes with its last one. */
export const removeItems = (ids: readonly string[]): ShowEdit => (show, sceneId) => ids.reduce((next, id) => removeItem(id)(next, sceneId), show)

export type OrderMove = 'forward' | 'backward' | 'front' | 'back'

/**
 * Moves items in front of or behind others, keeping their order among themselves. Whole groups move past their neighbours as one;
 * a part of a group moves within it.
 */
export const orderItems = (ids: readonly string[], move: OrderMove): ShowEdit => (show, sceneId) =>
  withItems(show, sceneId, (items) => {
    const wanted = new Set(ids)
    const inside = groupThatHoldsAll(items, wanted)
    const units = inside === null ? unitsOf(items) : items.filter((each) => each.groupId === inside).map((each) => [each])
    const moving = units.map((unit) => unit.some((each) => wanted.has(each.id)))
    const next = moved(units, moving, move).flat()
    const result = inside === null ? next : replaceGroup(items, inside, next)
    return result.every((each, index) => each === items[index]) ? items : result
  })

/** Runs of items of one group, and every other item by itself; back to front. */
export function unitsOf(items: readonly SceneItem[]): SceneItem[][] {
  const units: SceneItem[][] = []
  for (const item of items) {
    const last = units.at(-1)
    if (item.groupId !== undefined && last?.[0]?.groupId === item.groupId) last.push(item)
    else units.push([item])
  }
  return units
}

/** The group whose part, but not the whole of it, is meant. */
function groupThatHoldsAll(items: readonly SceneItem[], wanted: ReadonlySet<string>): string | null {
  const chosen = items.filter((each) => wanted.has(each.id))
  const groupId = chosen[0]?.groupId
  if (groupId === undefined || chosen.some((each) => each.groupId !== groupId)) return null
  return items.filter((each) => each.groupId === groupId).length > chosen.length ? groupId : null
}

function moved<T>(units: readonly T[], moving: readonly boolean[], move: OrderMove): T[] {
  const [still, gone] = [units.filter((_, index) => !moving[index]), units.filter((_, index) => moving[index])]
  if (move === 'front') return [...still, ...gone]
  if (move === 'back') return [...gone, ...still]
  const next = [...units]
  const flags = [...moving]
  const step = move === 'forward' ? 1 : -1
  // From the end that they move to, so that a block moves as a block and stops as one.
  for (let count = 0; count < next.length; count++) {
    const at = move === 'forward' ? next.length - 1 - count : count
    const to = at + step
    const [unit, other] = [next[at], next[to]]
    if (!flags[at] || flags[to] !== false || unit === undefined || other === undefined) continue
    ;[next[at], next[to], flags[at], flags[to]] = [other, unit, false, true]
  }
  return next
}

function replaceGroup(items: readonly SceneItem[], groupId: string, members: readonly SceneItem[]): SceneItem[] {
  const queue = [...members]
  return items.map((each) => (each.groupId === groupId ? (queue.shift() ?? each) : each))
}

/** The members of every group side by side, where the front-most of them is; groups that nobody is in are gone. */
export function gathered(scene: Scene): Scene {
  const seen = new Set<string>()
  const front: SceneItem[] = []
  for (const item of scene.items.toReversed()) {
    if (item.groupId === undefined) front.push(item)
    else if (!seen.has(item.groupId)) {
      seen.add(item.groupId)
      front.push(...scene.items.filter((each) => each.groupId === item.groupId).toReversed())
    }
  }
  const items = front.toReversed()
  const groups = scene.groups?.filter((each) => seen.has(each.id))
  return { ...scene, items, ...(groups ? { groups } : {}) }
}
