import type { Rect } from '../draw-list.ts'
import { sharedKernels } from './plane-kernels.ts'
import type { Planes } from './planes.ts'

/**
 * Lays a picture onto a canvas with its top left corner at (x, y), both even; what hangs over is cut off. Opaque
 * pictures are copied row by row, others are blended with their own opacity times `opacity` (0 to 1). Only what lies in
 * `clip` (canvas pixels, even) is laid, if given.
 */
export function layPlanes(canvas: Planes, picture: Planes, x: number, y: number, opacity: number, clip: Rect | null = null): void {
  const left = Math.max(0, x, clip?.x ?? 0)
  const top = Math.max(0, y, clip?.y ?? 0)
  const right = Math.min(canvas.width, x + picture.width, clip ? clip.x + clip.width : canvas.width)
  const bottom = Math.min(canvas.height, y + picture.height, clip ? clip.y + clip.height : canvas.height)
  if (right <= left || bottom <= top) return
  if (!picture.alpha && opacity >= 1) {
    copyRows(picture.y, picture.width, left - x, top - y, canvas.y, canvas.width, left, top, right - left, bottom - top)
    const [cx, cy, cw, ch] = [left >> 1, top >> 1, ((right + 1) >> 1) - (left >> 1), ((bottom + 1) >> 1) - (top >> 1)]
    copyRows(picture.u, picture.chromaWidth, (left - x) >> 1, (top - y) >> 1, canvas.u, canvas.chromaWidth, cx, cy, cw, ch)
    copyRows(picture.v, picture.chromaWidth, (left - x) >> 1, (top - y) >> 1, canvas.v, canvas.chromaWidth, cx, cy, cw, ch)
    return
  }
  // Two whole scenes, in a transition: all planes in one go.
  const kernels = picture.alpha || picture.width !== canvas.width || picture.height !== canvas.height || right - left < canvas.width || bottom - top < canvas.height ? null : sharedKernels()
  if (kernels) return kernels.blend(canvas.data, picture.data, opacity)
  blend(canvas, picture, x, y, { left, top, right, bottom }, Math.round(opacity * 256))
}

function copyRows(
  source: Uint8Array, sourceStride: number, fromX: number, fromY: number,
  into: Uint8Array, stride: number, x: number, y: number, width: number, height: number,
): void {
  if (width === stride && width === sourceStride) {
    into.set(source.subarray(fromY * sourceStride, (fromY + height) * sourceStride), y * stride)
    return
  }
  for (let row = 0; row < height; row++) {
    const from = (fromY + row) * sourceStride + fromX
    into.set(source.subarray(from, from + width), (y + row) * stride + x)
  }
}

function blend(canvas: Planes, picture: Planes, x: number, y: number, box: { left: number; top: number; right: number; bottom: number }, opacity: number): void {
  const { alpha } = picture
  for (let row = box.top; row < box.bottom; row++) {
    const source = (row - y) * picture.width - x
    const out = row * canvas.width
    for (let column = box.left; column < box.right; column++) {
      // 0 to 256, so that full opacity changes nothing and needs no division.
      const own = alpha ? (alpha[source + column] as number) : 255
      if (own === 0) continue
      const part = ((own + (own >> 7)) * opacity) >> 8
      const under = canvas.y[out + column] as number
      canvas.y[out + column] = under + ((((picture.y[source + column] as number) - under) * part + 128) >> 8)
    }
  }
  for (let row = box.top >> 1; row < (box.bottom + 1) >> 1; row++) {
    const source = (row - (y >> 1)) * picture.chromaWidth - (x >> 1)
    const out = row * canvas.chromaWidth
    const alphaRow = (row * 2 - y) * picture.width
    for (let column = box.left >> 1; column < (box.right + 1) >> 1; column++) {
      const own = alpha ? chromaAlpha(alpha, picture, alphaRow, row * 2 - y, column * 2 - x) : 255
      if (own === 0) continue
      const part = ((own + (own >> 7)) * opacity) >> 8
      const blue = canvas.u[out + column] as number
      const red = canvas.v[out + column] as number
      canvas.u[out + column] = blue + ((((picture.u[source + column] as number) - blue) * part + 128) >> 8)
      canvas.v[out + column] = red + ((((picture.v[source + column] as number) - red) * part + 128) >> 8)
    }
  }
}

/** The mean opacity of the up to four luma pixels that share one chroma sample. */
function chromaAlpha(alpha: Uint8Array, picture: Planes, row: number, y: number, x: number): number {
  const right = x + 1 < picture.width ? 1 : 0
  const below = y + 1 < picture.height ? picture.width : 0
  const at = row + x
  return ((alpha[at] as number) + (alpha[at + right] as number) + (alpha[at + below] as number) + (alpha[at + below + right] as number) + 2) >> 2
}
