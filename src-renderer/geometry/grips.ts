import { centreOf, cornersOf, rotate } from './box.ts'
import type { Box, Point } from './box.ts'

/** What may be grabbed of a frame. A size grip names the edges it moves: x -1 = left, 1 = right, y -1 = top, 1 = bottom. */
export type Grip = { kind: 'size'; x: -1 | 0 | 1; y: -1 | 0 | 1 } | { kind: 'turn' } | { kind: 'move' }
export type SizeGrip = Extract<Grip, { kind: 'size' }>

/** A grip and where it is seen, screen pixels. */
export interface PlacedGrip {
  grip: Grip
  at: Point
}

/** Where the canvas lies in the preview, CSS pixels; `scale` is CSS pixels per canvas pixel. */
export interface PreviewFrame {
  left: number
  top: number
  width: number
  height: number
  scale: number
}

/** How far the turning grip stands above its frame, and how near grips may come to the edge of the stage. CSS pixels. */
const TURN_OFFSET = 18
const INSET = 6
/** A side is too short for a grip in its middle. CSS pixels. */
const SHORT_SIDE = 26

const SIZES: readonly SizeGrip[] = ([[-1, -1], [0, -1], [1, -1], [1, 0], [1, 1], [0, 1], [-1, 1], [-1, 0]] as const).map(([x, y]) => ({ kind: 'size', x, y }))

export function toScreen(point: Point, frame: PreviewFrame): Point {
  return { x: frame.left + point.x * frame.scale, y: frame.top + point.y * frame.scale }
}

export function toCanvas(point: Point, frame: PreviewFrame): Point {
  return { x: (point.x - frame.left) / frame.scale, y: (point.y - frame.top) / frame.scale }
}

/**
 * The grips of a frame, all of them within the stage so that what hangs over its edge can still be grabbed.
 * What lies wholly outside has one: to be moved back by.
 */
export function gripsOf(box: Box, frame: PreviewFrame, stage: { width: number; height: number }): PlacedGrip[] {
  const inside = ({ x, y }: Point): Point => ({ x: clamp(x, INSET, stage.width - INSET), y: clamp(y, INSET, stage.height - INSET) })
  const centre = centreOf(box)
  const at = (x: number, y: number): Point => toScreen(rotate({ x: centre.x + (x * box.width) / 2, y: centre.y + (y * box.height) / 2 }, centre, box.rotationDeg), frame)
  const corners = cornersOf(box).map((each) => toScreen(each, frame))
  const gone = corners.every((each) => each.x < 0) || corners.every((each) => each.x > stage.width) || corners.every((each) => each.y < 0) || corners.every((each) => each.y > stage.height)
  if (gone) return [{ grip: { kind: 'move' }, at: inside(toScreen(centre, frame)) }]
  const [width, height] = [box.width * frame.scale, box.height * frame.scale]
  const sizes = SIZES.filter((each) => (each.x !== 0 || width >= SHORT_SIDE) && (each.y !== 0 || height >= SHORT_SIDE)).map((grip) => ({ grip, at: inside(at(grip.x, grip.y)) }))
  return [...sizes, { grip: { kind: 'turn' }, at: turnGrip(at(0, -1), box.rotationDeg, inside) }]
}

/** Above the frame; where there is no room, below its upper edge. */
function turnGrip(top: Point, rotationDeg: number, inside: (point: Point) => Point): Point {
  const edge = inside(top)
  const above = inside(rotate({ x: top.x, y: top.y - TURN_OFFSET }, top, rotationDeg))
  if (Math.hypot(above.x - edge.x, above.y - edge.y) >= TURN_OFFSET * 0.75) return above
  return rotate({ x: edge.x, y: edge.y + TURN_OFFSET * 1.3 }, edge, rotationDeg)
}

/** The nearest grip within reach of a point of the screen; of equals the turning one, which is drawn last. */
export function gripAt(grips: readonly PlacedGrip[], point: Point, reach: number): Grip | null {
  let best: { grip: Grip; away: number } | null = null
  for (const { grip, at } of grips) {
    const away = Math.max(Math.abs(at.x - point.x), Math.abs(at.y - point.y))
    if (away <= reach && (!best || away <= best.away)) best = { grip, away }
  }
  return best?.grip ?? null
}

const ARROWS = ['ew-resize', 'nwse-resize', 'ns-resize', 'nesw-resize'] as const

/** The pointer over a grip of a frame that is turned by so much. */
export function cursorOf(grip: Grip, rotationDeg: number): string {
  if (grip.kind === 'turn') return 'grab'
  if (grip.kind === 'move') return 'move'
  const deg = (Math.atan2(grip.y, grip.x) * 180) / Math.PI + rotationDeg
  return ARROWS[((Math.round(deg / 45) % 4) + 4) % 4] ?? 'move'
}

const clamp = (value: number, min: number, max: number): number => Math.max(min, Math.min(max, value))
