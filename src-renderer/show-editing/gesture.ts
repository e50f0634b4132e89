import type { SceneItem } from '@shared/domain/scene.ts'
import type { SizeOf } from '../engine/draw-list.ts'
import type { Box, Point } from '../geometry/box.ts'
import { centreOf, normalDeg } from '../geometry/box.ts'
import { cropByGrip } from '../geometry/crop.ts'
import type { Grip, SizeGrip } from '../geometry/grips.ts'
import { carry, frameOf, isSquare } from '../geometry/many.ts'
import { sizeByGrip, snapSized } from '../geometry/size-by-grip.ts'
import type { Snapping } from '../geometry/size-by-grip.ts'
import { snapMove } from '../geometry/snap.ts'
import type { Guide, SnapLines } from '../geometry/snap.ts'
import { turnBy } from '../geometry/turn.ts'
import type { ItemPatch } from './item-patch.ts'
import type { Patches } from './item-edits.ts'

/** Keys that are held during a gesture. Shift frees the shape, steps a turn and keeps to an axis; Ctrl does not snap; Alt crops. */
export interface Held {
  shift: boolean
  ctrl: boolean
  alt: boolean
}

/** What a gesture began with: everything is computed from here, so that a long drag gathers no error. */
export interface GestureStart {
  grip: Grip
  /** Canvas pixels. */
  from: Point
  items: readonly SceneItem[]
  frame: Box
  lines: SnapLines
  sizeOf: SizeOf
}

export interface GestureStep {
  patches: Patches
  /** Where the frame around the items is now. */
  frame: Box
  guides: readonly Guide[]
}

/** Begins a gesture; null where there is nothing to be dragged. */
export function beginGesture(grip: Grip, from: Point, items: readonly SceneItem[], lines: SnapLines, sizeOf: SizeOf): GestureStart | null {
  const frame = frameOf(items)
  return frame && { grip, from, items, frame, lines, sizeOf }
}

/** What a gesture comes to when the pointer is at `to`. `reach`: canvas pixels within which edges are pulled to lines. */
export function followGesture(start: GestureStart, to: Point, held: Held, reach: number): GestureStep {
  const snapping = held.ctrl ? null : { lines: start.lines, reach }
  const by = { x: to.x - start.from.x, y: to.y - start.from.y }
  const [only] = start.items
  if (start.grip.kind === 'move') return move(start, by, held, snapping)
  if (start.grip.kind === 'turn') {
    const frame = turnBy(start.frame, start.from, to, held.shift ? 'stepped' : held.ctrl ? 'free' : 'pulled')
    return { frame, guides: [], patches: carryAll(start, frame) }
  }
  if (held.alt && start.items.length === 1 && only) {
    const { cropped, guides } = cropByGrip(only, start.sizeOf(only.sourceId), start.grip, by, snapping)
    const patch = { ...rounded(cropped), crop: cropped.crop }
    return { frame: { ...patch, rotationDeg: only.rotationDeg }, guides, patches: new Map([[only.id, patch]]) }
  }
  return size(start, start.grip, by, held, snapping)
}

function move(start: GestureStart, by: Point, held: Held, snapping: Snapping | null): GestureStep {
  const along = held.shift ? (Math.abs(by.x) >= Math.abs(by.y) ? { x: by.x, y: 0 } : { x: 0, y: by.y }) : by
  const wanted = { ...start.frame, x: start.frame.x + along.x, y: start.frame.y + along.y }
  const { box: frame, guides } = snapping ? snapMove(wanted, snapping.lines, snapping.reach) : { box: wanted, guides: [] }
  const whole = { x: Math.round(frame.x), y: Math.round(frame.y) }
  const gone = { x: whole.x - start.frame.x, y: whole.y - start.frame.y }
  return { frame: { ...frame, ...whole }, guides, patches: new Map(start.items.map((item) => [item.id, { x: tenth(item.x + gone.x), y: tenth(item.y + gone.y) }])) }
}

function size(start: GestureStart, grip: SizeGrip, by: Point, held: Held, snapping: Snapping | null): GestureStep {
  const slanted = start.items.length > 1 && start.items.some((each) => !isSquare(each))
  // What is slanted among several would be bent by any other change of size.
  const keepRatio = !held.shift || slanted
  const wanted = slanted && (grip.x === 0 || grip.y === 0) ? evenly(start.frame, grip, by) : sizeByGrip(start.frame, grip, by, keepRatio)
  const { box: frame, guides } = slanted ? { box: wanted, guides: [] } : snapSized(wanted, grip, snapping, keepRatio)
  return { frame, guides, patches: carryAll(start, frame) }
}

/** By the middle of a side, but with the shape kept. */
function evenly(frame: Box, grip: SizeGrip, by: Point): Box {
  const sized = sizeByGrip(frame, grip, by, false)
  const scale = grip.x === 0 ? sized.height / frame.height : sized.width / frame.width
  const corner = { kind: 'size', x: grip.x || 1, y: grip.y || 1 } as const
  return sizeByGrip(frame, corner, { x: corner.x * frame.width * (scale - 1), y: corner.y * frame.height * (scale - 1) }, true)
}

function carryAll(start: GestureStart, frame: Box): Patches {
  if (start.items.length === 1) return new Map(start.items.map((item) => [item.id, rounded(frame)]))
  return new Map(start.items.map((item) => [item.id, rounded(carry(item, start.frame, frame))]))
}

/** Upright edges lie on whole pixels, where pictures are sharpest; the rest to a tenth. */
function rounded(box: Omit<Box, 'rotationDeg'> & { rotationDeg?: number }): Pick<Required<ItemPatch>, 'x' | 'y' | 'width' | 'height'> & Pick<ItemPatch, 'rotationDeg'> {
  const turned = box.rotationDeg === undefined ? {} : { rotationDeg: normalDeg(tenth(box.rotationDeg)) }
  if (box.rotationDeg === 0) {
    const [left, top] = [Math.round(box.x), Math.round(box.y)]
    return { x: left, y: top, width: Math.max(1, Math.round(box.x + box.width) - left), height: Math.max(1, Math.round(box.y + box.height) - top), ...turned }
  }
  const [width, height] = [Math.max(1, tenth(box.width)), Math.max(1, tenth(box.height))]
  const centre = centreOf({ rotationDeg: 0, ...box })
  return { x: tenth(centre.x - width / 2), y: tenth(centre.y - height / 2), width, height, ...turned }
}

const tenth = (value: number): number => Math.round(value * 10) / 10 + 0
