import type { SceneItem } from '@shared/domain/scene.ts'
import { place } from '../engine/draw-list.ts'
import type { Size } from '../engine/draw-list.ts'
import { centreOf, rotate } from './box.ts'
import type { Box, Point } from './box.ts'
import type { SizeGrip } from './grips.ts'
import { MIN_ITEM_PIXELS } from './resize.ts'
import { sizeByGrip, snapSized, withSize } from './size-by-grip.ts'
import type { Snapping } from './size-by-grip.ts'
import type { Guide } from './snap.ts'

export type Cropped = Pick<SceneItem, 'x' | 'y' | 'width' | 'height' | 'crop'>
export type Sides = SceneItem['crop']

/** Where the picture itself lies, which may be less than the item's box; its centre is the box's. */
export function pictureBox(item: SceneItem, size: Size): Box {
  const to = place(item, size)?.to ?? item
  return { x: to.x, y: to.y, width: to.width, height: to.height, rotationDeg: item.rotationDeg }
}

/** What is not seen of a source at each side, as fractions, flips left aside: the item's crop and what filling its box cuts off. */
function hiddenSides(item: SceneItem, size: Size): Sides {
  const from = place(item, size)?.from
  if (!from) return item.crop
  return { left: from.x / size.width, top: from.y / size.height, right: 1 - (from.x + from.width) / size.width, bottom: 1 - (from.y + from.height) / size.height }
}

/**
 * Crops by dragging a grip by `by`: the edge moves over the picture, which stays where it is seen; no further out than the source goes.
 * `size` is the source's in pixels; an unknown one is taken to have the item's shape.
 */
export function cropByGrip(item: SceneItem, size: Size | null, grip: SizeGrip, by: Point, snapping: Snapping | null): { cropped: Cropped; guides: Guide[] } {
  const source = size ?? { width: item.width, height: item.height }
  const start = pictureBox(item, source)
  const hidden = seenSides(hiddenSides(item, source), item)
  const whole = { width: start.width / (1 - hidden.left - hidden.right), height: start.height / (1 - hidden.top - hidden.bottom) }
  const { box: wanted, guides } = snapSized(sizeByGrip(start, grip, by, false), grip, snapping, false)
  const room = { x: whole.width * (grip.x < 0 ? hidden.left : hidden.right), y: whole.height * (grip.y < 0 ? hidden.top : hidden.bottom) }
  const width = grip.x === 0 ? start.width : clamp(wanted.width, leastOf(start.width, whole.width / source.width), start.width + room.x)
  const height = grip.y === 0 ? start.height : clamp(wanted.height, leastOf(start.height, whole.height / source.height), start.height + room.y)
  const box = withSize(start, grip, width, height)
  const [cutX, cutY] = [(start.width - width) / whole.width, (start.height - height) / whole.height]
  const next = { ...hidden }
  if (grip.x !== 0) next[grip.x < 0 ? 'left' : 'right'] += cutX
  if (grip.y !== 0) next[grip.y < 0 ? 'top' : 'bottom'] += cutY
  const kept = width === wanted.width && height === wanted.height
  return { cropped: { x: box.x, y: box.y, width: box.width, height: box.height, crop: clean(seenSides(next, item)) }, guides: kept ? guides : [] }
}

/** At least so much of the picture stays: what can be grabbed and a pixel of the source, but never more than there is now. */
const leastOf = (now: number, canvasPerSource: number): number => Math.min(now, Math.max(MIN_ITEM_PIXELS, canvasPerSource))

/**
 * Other fractions cut off, with the picture staying where it is seen, as when it is cropped by its grips; where nothing is known
 * of the source, it is taken to have the item's shape.
 */
export function cropTo(item: SceneItem, size: Size | null, crop: Sides): Cropped {
  const source = size ?? { width: item.width, height: item.height }
  const start = pictureBox(item, source)
  const [before, after] = [seenSides(hiddenSides(item, source), item), seenSides(crop, item)]
  const whole = { width: start.width / (1 - before.left - before.right), height: start.height / (1 - before.top - before.bottom) }
  const [width, height] = [Math.max(1, whole.width * (1 - after.left - after.right)), Math.max(1, whole.height * (1 - after.top - after.bottom))]
  const shift = { x: (whole.width * (after.left - before.left - after.right + before.right)) / 2, y: (whole.height * (after.top - before.top - after.bottom + before.bottom)) / 2 }
  const moved = rotate(shift, { x: 0, y: 0 }, item.rotationDeg)
  const centre = centreOf(start)
  return { x: centre.x + moved.x - width / 2, y: centre.y + moved.y - height / 2, width, height, crop }
}

/** Sides of the source as sides of the item and back: a flipped picture has its left edge at the right. */
export function seenSides(sides: Sides, { flipX, flipY }: Pick<SceneItem, 'flipX' | 'flipY'>): Sides {
  return {
    left: flipX ? sides.right : sides.left, right: flipX ? sides.left : sides.right,
    top: flipY ? sides.bottom : sides.top, bottom: flipY ? sides.top : sides.bottom,
  }
}

/** Fractions as a show holds them: crumbs of arithmetic are no crop. */
function clean(sides: Sides): Sides {
  const each = (value: number): number => clamp(Math.round(value * 1e6) / 1e6, 0, 1)
  return { left: each(sides.left), top: each(sides.top), right: each(sides.right), bottom: each(sides.bottom) }
}

const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value))
