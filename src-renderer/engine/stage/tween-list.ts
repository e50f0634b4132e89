import type { Scene, SceneItem } from '@shared/domain/scene.ts'
import type { DrawCommand, Rect } from '../draw-list.ts'

/** Slow at both ends: 0 to 1 for 0 to 1. */
export const easeInOut = (part: number): number => (part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2)

/**
 * The list on its way from one arrangement to another, `part` (0 to 1, already eased) of it gone: what is in both moves and
 * changes its crop, what is new fades in at its place, what is gone fades out at its own. The order is that of `to`, with
 * what is gone just in front of what it was in front of. `atOnce`: items that are where they belong already.
 */
export function tweenList(from: readonly DrawCommand[], to: readonly DrawCommand[], part: number, atOnce: ReadonlySet<string> = NOBODY): DrawCommand[] {
  if (part >= 1) return [...to]
  const before = new Map(from.map((command) => [command.itemId, command]))
  const staying = new Set(to.map((command) => command.itemId))
  /** What goes away, by the item that it lies over; '' = it was behind everything that stays. */
  const leaving = new Map<string, DrawCommand[]>()
  let over = ''
  for (const command of from) {
    if (staying.has(command.itemId)) over = command.itemId
    else leaving.set(over, [...(leaving.get(over) ?? []), command])
  }
  const list: DrawCommand[] = []
  const fadeOut = (commands: readonly DrawCommand[] = []): void => {
    for (const command of commands) if (part < 1 && command.opacity * (1 - part) > 0) list.push({ ...command, opacity: command.opacity * (1 - part) })
  }
  fadeOut(leaving.get(''))
  for (const command of to) {
    const start = before.get(command.itemId)
    if (atOnce.has(command.itemId)) list.push(command)
    else if (start) list.push(between(start, command, part))
    else if (command.opacity * part > 0) list.push({ ...command, opacity: command.opacity * part })
    fadeOut(leaving.get(command.itemId))
  }
  return list
}

/** Items that somebody has moved by hand from one to the other. */
export function movedByHand(before: Scene, after: Scene): ReadonlySet<string> {
  const old = new Map(before.items.map((item) => [item.id, item]))
  return new Set(after.items.filter((item) => moved(old.get(item.id), item)).map((item) => item.id))
}

/** Whether going from one to the other is a matter of the layout, so that it may be animated. Both as they are saved, of one scene. */
export function layoutChanged(before: Scene, after: Scene): boolean {
  if (JSON.stringify(before.layout) !== JSON.stringify(after.layout)) return true
  if (!after.layout) return false
  // The same layout with somebody more, less, hidden or in another order.
  const who = (scene: Scene) => scene.items.map((item) => `${item.id} ${item.visible} ${item.placedBy ?? ''}`).join('\n')
  return who(before) !== who(after)
}

const NOBODY: ReadonlySet<string> = new Set()

function moved(before: SceneItem | undefined, after: SceneItem): boolean {
  return before !== undefined && (before.x !== after.x || before.y !== after.y || before.width !== after.width || before.height !== after.height || before.rotationDeg !== after.rotationDeg)
}

function between(from: DrawCommand, to: DrawCommand, part: number): DrawCommand {
  return {
    ...to,
    // Another source in the same item is another picture: its crop has nothing to do with the one before.
    from: from.sourceId === to.sourceId ? rectBetween(from.from, to.from, part) : to.from,
    to: rectBetween(from.to, to.to, part),
    rotationDeg: mix(from.rotationDeg, to.rotationDeg, part),
    opacity: mix(from.opacity, to.opacity, part),
  }
}

const mix = (from: number, to: number, part: number): number => from + (to - from) * part
const rectBetween = (from: Rect, to: Rect, part: number): Rect => ({
  x: mix(from.x, to.x, part), y: mix(from.y, to.y, part), width: mix(from.width, to.width, part), height: mix(from.height, to.height, part),
})
