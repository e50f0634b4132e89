import type { Rect } from '../draw-list.ts'
import type { Planes } from './planes.ts'

/** How a picture is turned; made once per geometry, used for each frame. */
export interface Turn {
  /** Where the picture lies before it is turned about its own centre, canvas pixels. */
  to: Rect
  rotationDeg: number
  /** What of the canvas is made, even. */
  box: Rect
  /** Mirrored before it is turned. */
  flipX: boolean
  flipY: boolean
  /** How much of each pixel of the box lies within the turned picture, 0 to 255. */
  coverage: Uint8Array
}

export function planTurn(to: Rect, rotationDeg: number, box: Rect, flipX = false, flipY = false): Turn {
  return { to, rotationDeg, box, flipX, flipY, coverage: coverageOf(to, rotationDeg, box) }
}

/**
 * Draws the part `from` of `source` (luma pixels, may be fractional) turned into `into`, which has the size of the turn's
 * box and a plane of opacity: bilinear, with soft edges, transparent around the picture. Shrink much larger sources first.
 */
export function turnPlanes(source: Planes, from: Rect, into: Planes, turn: Turn): void {
  const { alpha } = into
  if (!alpha) throw new Error('a turned picture needs opacity')
  const { coverage } = turn
  turnPlane(source.y, source.width, source.height, from, into.y, into.width, into.height, turn, 1)
  const halved = { x: from.x / 2, y: from.y / 2, width: from.width / 2, height: from.height / 2 }
  turnPlane(source.u, source.chromaWidth, source.chromaHeight, halved, into.u, into.chromaWidth, into.chromaHeight, turn, 2)
  turnPlane(source.v, source.chromaWidth, source.chromaHeight, halved, into.v, into.chromaWidth, into.chromaHeight, turn, 2)
  if (!source.alpha) return alpha.set(coverage)
  turnPlane(source.alpha, source.width, source.height, from, alpha, into.width, into.height, turn, 1)
  for (let index = 0; index < alpha.length; index++) alpha[index] = ((alpha[index] as number) * (coverage[index] as number) + 127) / 255
}

function coverageOf(to: Rect, rotationDeg: number, box: Rect): Uint8Array {
  const [cos, sin] = cosSin(rotationDeg)
  const [halfWidth, halfHeight] = [to.width / 2, to.height / 2]
  const left = box.x + 0.5 - (to.x + halfWidth)
  const coverage = new Uint8Array(box.width * box.height)
  for (let row = 0; row < box.height; row++) {
    const dy = box.y + row + 0.5 - (to.y + halfHeight)
    for (let column = 0; column < box.width; column++) {
      const dx = left + column
      const across = halfWidth + 0.5 - Math.abs(dx * cos + dy * sin)
      const along = halfHeight + 0.5 - Math.abs(dy * cos - dx * sin)
      if (across > 0 && along > 0) coverage[row * box.width + column] = Math.min(1, across) * Math.min(1, along) * 255 + 0.5
    }
  }
  return coverage
}

/** One plane, `step` canvas pixels per sample. Beyond the picture's edge its outermost samples go on, for the soft edge. */
function turnPlane(
  source: Uint8Array, stride: number, sourceHeight: number, from: Rect,
  into: Uint8Array, width: number, height: number, { to, rotationDeg, box, flipX, flipY, coverage }: Turn, step: number,
): void {
  const [cos, sin] = cosSin(rotationDeg)
  const scaleX = ((flipX ? -1 : 1) * from.width * step) / to.width
  const scaleY = ((flipY ? -1 : 1) * from.height * step) / to.height
  const [centreX, centreY] = [from.x + from.width / 2 - 0.5, from.y + from.height / 2 - 0.5]
  const [lastX, lastY] = [stride - 1, sourceHeight - 1]
  // In samples of this plane.
  const left = (box.x - to.x - to.width / 2) / step + 0.5
  const top = (box.y - to.y - to.height / 2) / step + 0.5
  const [acrossX, acrossY] = [cos * scaleX, -sin * scaleY]
  for (let row = 0; row < height; row++) {
    const dy = top + row
    let x = centreX + (left * cos + dy * sin) * scaleX
    let y = centreY + (dy * cos - left * sin) * scaleY
    for (let column = 0; column < width; column++, x += acrossX, y += acrossY) {
      if (step === 1 && coverage[row * width + column] === 0) continue
      const atX = x < 0 ? 0 : x > lastX ? lastX : x
      const atY = y < 0 ? 0 : y > lastY ? lastY : y
      const wholeX = atX | 0
      const wholeY = atY | 0
      const right = wholeX < lastX ? 1 : 0
      const below = wholeY < lastY ? stride : 0
      // 8 bits of fraction each way.
      const partX = ((atX - wholeX) * 256) | 0
      const partY = ((atY - wholeY) * 256) | 0
      const at = wholeY * stride + wholeX
      const upper = (source[at] as number) * (256 - partX) + (source[at + right] as number) * partX
      const lower = (source[at + below] as number) * (256 - partX) + (source[at + below + right] as number) * partX
      into[row * width + column] = (upper * (256 - partY) + lower * partY + 32_768) >> 16
    }
  }
}

function cosSin(rotationDeg: number): [number, number] {
  const angle = (rotationDeg * Math.PI) / 180
  return [Math.cos(angle), Math.sin(angle)]
}
