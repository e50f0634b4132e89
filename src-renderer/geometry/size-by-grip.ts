import { boundsOf, centreOf, normalDeg, rotate } from './box.ts'
import type { Box, Point } from './box.ts'
import type { SizeGrip } from './grips.ts'
import { boxOf } from './many.ts'
import { MIN_ITEM_PIXELS } from './resize.ts'
import { snapResize } from './snap.ts'
import type { Guide, SnapLines } from './snap.ts'

/** What a drag snaps to, and from how far (canvas pixels); null = placed freely. */
export interface Snapping {
  lines: SnapLines
  reach: number
}

/**
 * A box whose grip was dragged by `by` (canvas pixels, as seen): the opposite corner or edge stays where it is seen, however the box
 * is turned. With `keepRatio` a corner keeps the shape; the middle of a side always changes one measure alone.
 */
export function sizeByGrip(start: Box, grip: SizeGrip, by: Point, keepRatio: boolean): Box {
  const local = rotate(by, { x: 0, y: 0 }, -start.rotationDeg)
  let width = start.width + grip.x * local.x
  let height = start.height + grip.y * local.y
  if (keepRatio && grip.x !== 0 && grip.y !== 0) {
    // Along the diagonal: the pointer need not be exactly on it.
    const along = (grip.x * local.x * start.width + grip.y * local.y * start.height) / (start.width ** 2 + start.height ** 2)
    const scale = Math.max(1 + along, MIN_ITEM_PIXELS / start.width, MIN_ITEM_PIXELS / start.height)
    width = start.width * scale
    height = start.height * scale
  }
  return withSize(start, grip, grip.x === 0 ? start.width : Math.max(MIN_ITEM_PIXELS, width), grip.y === 0 ? start.height : Math.max(MIN_ITEM_PIXELS, height))
}

/** Another size, with whatever is opposite of the grip staying in its place. */
export function withSize(start: Box, grip: { x: number; y: number }, width: number, height: number): Box {
  const centre = centreOf(start)
  const shift = rotate({ x: (grip.x * (width - start.width)) / 2, y: (grip.y * (height - start.height)) / 2 }, { x: 0, y: 0 }, start.rotationDeg)
  return { x: centre.x + shift.x - width / 2, y: centre.y + shift.y - height / 2, width, height, rotationDeg: start.rotationDeg }
}

/** Pulls the edges that a grip moves to lines. Boxes at right angles snap; a slanted one has no edge that could lie along a line. */
export function snapSized(box: Box, grip: SizeGrip, snapping: Snapping | null, keepRatio: boolean): { box: Box; guides: Guide[] } {
  if (!snapping || box.rotationDeg % 90 !== 0) return { box, guides: [] }
  const seen = rotate(grip, { x: 0, y: 0 }, box.rotationDeg)
  const edges = {
    horizontal: seen.x < -0.5 ? ('left' as const) : seen.x > 0.5 ? ('right' as const) : null,
    vertical: seen.y < -0.5 ? ('top' as const) : seen.y > 0.5 ? ('bottom' as const) : null,
  }
  const corner = grip.x !== 0 && grip.y !== 0
  const { box: upright, guides } = snapResize(boxOf(boundsOf(box)), edges, snapping.lines, snapping.reach, keepRatio && corner)
  if (guides.length === 0) return { box, guides }
  const lying = Math.abs(normalDeg(box.rotationDeg)) === 90
  const [width, height] = lying ? [upright.height, upright.width] : [upright.width, upright.height]
  if (width < MIN_ITEM_PIXELS || height < MIN_ITEM_PIXELS) return { box, guides: [] }
  const centre = centreOf(upright)
  return { box: { x: centre.x - width / 2, y: centre.y - height / 2, width, height, rotationDeg: box.rotationDeg }, guides }
}
