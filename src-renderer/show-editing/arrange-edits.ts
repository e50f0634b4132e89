import type { SceneItem } from '@shared/domain/scene.ts'
import { NO_CROP } from '@shared/domain/scene.ts'
import type { SizeOf } from '../engine/draw-list.ts'
import { alignBy, distributeBy } from '../geometry/arrange.ts'
import type { Alignment, Axis } from '../geometry/arrange.ts'
import { centreOf, normalDeg } from '../geometry/box.ts'
import type { Box, Point } from '../geometry/box.ts'
import { boundsOfAll, carry, frameOf } from '../geometry/many.ts'
import { fitCanvas } from '../geometry/resize.ts'
import type { ItemPatch } from './item-patch.ts'
import type { Patches } from './item-edits.ts'

export interface Canvas {
  width: number
  height: number
}

/** What is moved as one: a group, or an item by itself. Of a selection within one group every item counts. */
function unitsAmong(items: readonly SceneItem[]): SceneItem[][] {
  const units = new Map<string, SceneItem[]>()
  for (const item of items) units.set(item.groupId ?? `item ${item.id}`, [...(units.get(item.groupId ?? `item ${item.id}`) ?? []), item])
  return units.size > 1 ? [...units.values()] : items.map((each) => [each])
}

/** Aligned to the canvas, or with each other; groups as a whole. Locked items stay and are not asked. */
export function aligned(items: readonly SceneItem[], canvas: Canvas, side: Alignment, to: 'canvas' | 'selection'): Patches {
  const free = unlocked(items)
  const bounds = to === 'canvas' ? { left: 0, top: 0, right: canvas.width, bottom: canvas.height } : boundsOfAll(free)
  return bounds ? unitsMoved(unitsAmong(free), (boxes) => alignBy(boxes, bounds, side)) : new Map()
}

export function distributed(items: readonly SceneItem[], axis: Axis): Patches {
  return unitsMoved(unitsAmong(unlocked(items)), (boxes) => distributeBy(boxes, axis))
}

function unitsMoved(units: readonly SceneItem[][], reckon: (boxes: Box[]) => Point[]): Patches {
  const by = reckon(units.flatMap((unit) => frameOf(unit) ?? []))
  return movedBy(units.flat(), units.flatMap((unit, index) => unit.map(() => by[index] ?? { x: 0, y: 0 })))
}

function movedBy(items: readonly SceneItem[], by: readonly { x: number; y: number }[]): Patches {
  return new Map(items.map((item, index) => [item.id, { x: tidy(item.x + (by[index]?.x ?? 0)), y: tidy(item.y + (by[index]?.y ?? 0)) }]))
}

export const FILLINGS = ['fit', 'fill', 'stretch'] as const
export type Filling = (typeof FILLINGS)[number]

/** Over the canvas: the whole picture in it, the canvas covered by it, or bent to its shape. */
export function overCanvas(items: readonly SceneItem[], canvas: Canvas, filling: Filling, sizeOf: SizeOf): Patches {
  const whole = { x: 0, y: 0, width: canvas.width, height: canvas.height, rotationDeg: 0 }
  return new Map(unlocked(items).map((item): [string, ItemPatch] => {
    const size = sizeOf(item.sourceId)
    const shape = size && { width: size.width * (1 - item.crop.left - item.crop.right), height: size.height * (1 - item.crop.top - item.crop.bottom) }
    if (filling === 'fit' && shape && shape.width >= 1 && shape.height >= 1) return [item.id, { ...fitCanvas(canvas, shape), fit: 'fit' }]
    return [item.id, { ...whole, fit: filling }]
  }))
}

/** Several are centred as one, so that they stay as they lie among each other. */
export function centred(items: readonly SceneItem[], canvas: Canvas, axis: Axis | 'both'): Patches {
  const free = unlocked(items)
  const frame = frameOf(free)
  if (!frame) return new Map()
  const centre = centreOf(frame)
  const by = { x: axis === 'y' ? 0 : canvas.width / 2 - centre.x, y: axis === 'x' ? 0 : canvas.height / 2 - centre.y }
  return movedBy(free, free.map(() => by))
}

/** As a source comes: its own size at the top left corner, upright, whole, not flipped, opaque. */
export function reset(items: readonly SceneItem[], canvas: Canvas, sizeOf: SizeOf): Patches {
  return new Map(unlocked(items).map((item): [string, ItemPatch] => {
    const size = sizeOf(item.sourceId) ?? canvas
    return [item.id, { x: 0, y: 0, width: size.width, height: size.height, rotationDeg: 0, crop: NO_CROP, flipX: undefined, flipY: undefined, opacity: 1 }]
  }))
}

/** Mirrors each picture in its place; several change places as in a mirror, too. */
export function flipped(items: readonly SceneItem[], axis: Axis): Patches {
  const free = unlocked(items)
  const bounds = boundsOfAll(free)
  if (!bounds) return new Map()
  const [sumX, sumY] = [bounds.left + bounds.right, bounds.top + bounds.bottom]
  const many = free.length > 1
  return new Map(free.map((item): [string, ItemPatch] => {
    const rotationDeg = many ? normalDeg(-item.rotationDeg) : item.rotationDeg
    if (axis === 'x') return [item.id, { flipX: item.flipX ? undefined : true, rotationDeg, ...(many ? { x: tidy(sumX - item.x - item.width) } : {}) }]
    return [item.id, { flipY: item.flipY ? undefined : true, rotationDeg, ...(many ? { y: tidy(sumY - item.y - item.height) } : {}) }]
  }))
}

/** Turns them as one about their common centre. */
export function turned(items: readonly SceneItem[], deg: number): Patches {
  const free = unlocked(items)
  const frame = frameOf(free)
  return frame ? carried(free, frame, { ...frame, rotationDeg: frame.rotationDeg + deg }) : new Map()
}

/** Where items come to lie as the frame around them changes. */
function carried(items: readonly SceneItem[], from: Box, to: Box): Patches {
  return new Map(items.map((item) => {
    const { x, y, width, height, rotationDeg } = carry(item, from, to)
    return [item.id, { x: tidy(x), y: tidy(y), width: tidy(width), height: tidy(height), rotationDeg: tidy(rotationDeg) }]
  }))
}

/** Hundredths of a pixel are enough; more digits are crumbs of arithmetic. */
const tidy = (value: number): number => Math.round(value * 100) / 100 + 0
const unlocked = (items: readonly SceneItem[]): SceneItem[] => items.filter((each) => !each.locked)
