import type { SceneItem } from '@shared/domain/scene.ts'

export type ItemPatch = Partial<Omit<SceneItem, 'id' | 'sourceId'>>

/** What may be changed of a locked item. */
const FREE_OF_LOCK: readonly (keyof ItemPatch)[] = ['visible', 'locked', 'opacity', 'groupId']
const MAX_PLACE = 20_000
const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))

/** The item with the patch, within what a show may hold; the very same item when that changes nothing. A locked one keeps its place. */
export function patched(before: SceneItem, patch: ItemPatch): SceneItem {
  const allowed = withinLimits(before.locked ? pick(patch, FREE_OF_LOCK) : patch)
  return (Object.keys(allowed) as (keyof ItemPatch)[]).every((key) => same(allowed[key], before[key])) ? before : { ...before, ...allowed }
}

export function withinLimits(patch: ItemPatch): ItemPatch {
  const limited = { ...patch }
  if (limited.x !== undefined) limited.x = clamp(limited.x, -MAX_PLACE, MAX_PLACE)
  if (limited.y !== undefined) limited.y = clamp(limited.y, -MAX_PLACE, MAX_PLACE)
  if (limited.width !== undefined) limited.width = clamp(limited.width, 1, MAX_PLACE)
  if (limited.height !== undefined) limited.height = clamp(limited.height, 1, MAX_PLACE)
  if (limited.rotationDeg !== undefined) limited.rotationDeg = clamp(limited.rotationDeg, -360, 360)
  if (limited.opacity !== undefined) limited.opacity = clamp(limited.opacity, 0, 1)
  return limited
}

function same(a: ItemPatch[keyof ItemPatch], b: ItemPatch[keyof ItemPatch]): boolean {
  if (typeof a !== 'object' || typeof b !== 'object') return a === b
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom
}

function pick(patch: ItemPatch, keys: readonly (keyof ItemPatch)[]): ItemPatch {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => (keys as readonly string[]).includes(key)))
}
