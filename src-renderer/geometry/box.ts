/** Canvas pixels. */
export interface Point {
  x: number
  y: number
}

/** As an item of a scene: x and y are the top left corner before rotation, which is clockwise about the centre. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
  rotationDeg: number
}

/** Upright, canvas pixels. */
export interface Bounds {
  left: number
  top: number
  right: number
  bottom: number
}

export function rotate(point: Point, about: Point, deg: number): Point {
  const angle = (deg * Math.PI) / 180
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)]
  const [dx, dy] = [point.x - about.x, point.y - about.y]
  return { x: about.x + dx * cos - dy * sin, y: about.y + dx * sin + dy * cos }
}

export function centreOf(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Top left, top right, bottom right, bottom left, as seen after the rotation. */
export function cornersOf(box: Box): [Point, Point, Point, Point] {
  const centre = centreOf(box)
  const [right, bottom] = [box.x + box.width, box.y + box.height]
  return [
    rotate({ x: box.x, y: box.y }, centre, box.rotationDeg),
    rotate({ x: right, y: box.y }, centre, box.rotationDeg),
    rotate({ x: right, y: bottom }, centre, box.rotationDeg),
    rotate({ x: box.x, y: bottom }, centre, box.rotationDeg),
  ]
}

export function boundsOf(box: Box): Bounds {
  const corners = cornersOf(box)
  const [xs, ys] = [corners.map((each) => each.x), corners.map((each) => each.y)]
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) }
}

export function contains(box: Box, point: Point): boolean {
  const upright = rotate(point, centreOf(box), -box.rotationDeg)
  return upright.x >= box.x && upright.x <= box.x + box.width && upright.y >= box.y && upright.y <= box.y + box.height
}

/** -180 < result ≤ 180. */
export function normalDeg(deg: number): number {
  const turned = ((deg % 360) + 360) % 360
  return turned > 180 ? turned - 360 : turned
}
