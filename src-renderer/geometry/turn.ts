import { centreOf, normalDeg } from './box.ts'
import type { Box, Point } from './box.ts'

/** With Shift an item turns in steps of this. */
export const TURN_STEP_DEG = 15
/** Without, it is pulled to every 45° from this near. */
const QUARTER_DEG = 45
const PULL_DEG = 4

export type Turning = 'free' | 'pulled' | 'stepped'

/** A box turned by dragging from one point to another about its centre. */
export function turnBy(start: Box, from: Point, to: Point, turning: Turning): Box {
  const centre = centreOf(start)
  const angle = (point: Point): number => (Math.atan2(point.y - centre.y, point.x - centre.x) * 180) / Math.PI
  const wanted = normalDeg(start.rotationDeg + angle(to) - angle(from))
  return { ...start, rotationDeg: snapDeg(wanted, turning) }
}

function snapDeg(deg: number, turning: Turning): number {
  if (turning === 'stepped') return normalDeg(Math.round(deg / TURN_STEP_DEG) * TURN_STEP_DEG)
  const quarter = Math.round(deg / QUARTER_DEG) * QUARTER_DEG
  return turning === 'pulled' && Math.abs(deg - quarter) <= PULL_DEG ? normalDeg(quarter) : deg
}
