import { boundsOf, centreOf, normalDeg, rotate } from './box.ts'
import type { Bounds, Box } from './box.ts'

/** The upright bounds of several boxes; null of none. */
export function boundsOfAll(boxes: readonly Box[]): Bounds | null {
  if (boxes.length === 0) return null
  const all = boxes.map(boundsOf)
  return {
    left: Math.min(...all.map((each) => each.left)), top: Math.min(...all.map((each) => each.top)),
    right: Math.max(...all.map((each) => each.right)), bottom: Math.max(...all.map((each) => each.bottom)),
  }
}

export const boxOf = ({ left, top, right, bottom }: Bounds): Box => ({ x: left, y: top, width: right - left, height: bottom - top, rotationDeg: 0 })

/** What handles are drawn around: one box as it is turned, several by their upright bounds; null of none. */
export function frameOf(boxes: readonly Box[]): Box | null {
  const [only] = boxes
  if (boxes.length === 1 && only) return { x: only.x, y: only.y, width: only.width, height: only.height, rotationDeg: only.rotationDeg }
  const bounds = boundsOfAll(boxes)
  return bounds && boxOf(bounds)
}

/** A box that lies along the axes, 90° turns included: it may be stretched in one direction without being bent. */
export const isSquare = (box: Box): boolean => box.rotationDeg % 90 === 0

/**
 * Where a box comes to lie as the frame around it goes from one place to another: moved, sized and turned with it.
 * A slanted box keeps its shape; its frame should then be sized evenly.
 */
export function carry(box: Box, from: Box, to: Box): Box {
  const [scaleX, scaleY] = [to.width / from.width, to.height / from.height]
  const turned = to.rotationDeg - from.rotationDeg
  const [centre, about, target] = [centreOf(box), centreOf(from), centreOf(to)]
  const local = rotate(centre, about, -from.rotationDeg)
  const scaled = { x: target.x + (local.x - about.x) * scaleX, y: target.y + (local.y - about.y) * scaleY }
  const placed = rotate(scaled, target, to.rotationDeg)
  const [byWidth, byHeight] = scalesOf(normalDeg(box.rotationDeg - from.rotationDeg), scaleX, scaleY)
  const [width, height] = [box.width * byWidth, box.height * byHeight]
  return { x: placed.x - width / 2, y: placed.y - height / 2, width, height, rotationDeg: turned === 0 ? box.rotationDeg : normalDeg(box.rotationDeg + turned) }
}

function scalesOf(slantDeg: number, scaleX: number, scaleY: number): [number, number] {
  if (slantDeg === 0 || slantDeg === 180) return [scaleX, scaleY]
  if (Math.abs(slantDeg) === 90) return [scaleY, scaleX]
  const even = Math.sqrt(Math.abs(scaleX * scaleY))
  return [even, even]
}
