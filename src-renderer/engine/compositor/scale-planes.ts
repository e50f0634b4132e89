import type { Rect } from '../draw-list.ts'
import type { Planes } from './planes.ts'

/** A source pixel counts for less than this fraction of a destination pixel: the mean of several is taken. */
const BOX_FROM_RATIO = 1.5

/** Sums of this many bytes still fit in 16 bits. */
const MAX_TAPS = 256

/** How one axis of one plane is resampled; made once per geometry, used for each frame. */
interface Axis {
  /** First source index per destination index. */
  start: Int32Array
  /** Second source index (bilinear only). */
  second: Int32Array
  /** Weight of the second, 0 to 256 (bilinear only). */
  weight: Int32Array
  /** How many source pixels are averaged (box only). */
  taps: number
  /** The same for `plane-kernels.wat`: its table of groups (bilinear) or of starts (box). Horizontal axis only. */
  packed: Uint8Array
}

export interface PlaneScale {
  horizontal: Axis
  vertical: Axis
  box: boolean
  from: number
  span: number
}

export interface Scale {
  luma: PlaneScale
  chroma: PlaneScale
}

/** Prepares scaling the part `from` of `source` (luma pixels, may be fractional) to fill a picture of width x height, mirrored if asked for. */
export function planScale(source: { width: number; height: number }, from: Rect, width: number, height: number, flipX = false, flipY = false): Scale {
  const chromaSource = { width: (source.width + 1) >> 1, height: (source.height + 1) >> 1 }
  const [chromaWidth, chromaHeight] = [(width + 1) >> 1, (height + 1) >> 1]
  // The same ratio as luma: the last chroma sample of an odd size reaches half a sample beyond it.
  const halved = { x: from.x / 2, y: from.y / 2, width: (from.width / width) * chromaWidth, height: (from.height / height) * chromaHeight }
  return {
    luma: planPlane(source, from, width, height, flipX, flipY),
    chroma: planPlane(chromaSource, halved, chromaWidth, chromaHeight, flipX, flipY),
  }
}

function planPlane(source: { width: number; height: number }, from: Rect, width: number, height: number, flipX: boolean, flipY: boolean): PlaneScale {
  const box = Math.max(from.width / width, from.height / height) > BOX_FROM_RATIO
  const horizontal = planAxis(source.width, from.x, from.width, width, box, flipX)
  const vertical = planAxis(source.height, from.y, from.height, height, box, flipY)
  const [first, lastStart] = startsOf(horizontal)
  const last = lastStart + horizontal.taps
  return { horizontal, vertical, box, from: first, span: Math.min(source.width, last) - first }
}

/** The lowest and the highest first source index of an axis: it runs one way or the other. */
export function startsOf({ start }: Pick<Axis, 'start'>): [lowest: number, highest: number] {
  const [head, tail] = [start[0] ?? 0, start.at(-1) ?? 0]
  return head < tail ? [head, tail] : [tail, head]
}

function planAxis(sourceLength: number, from: number, length: number, count: number, box: boolean, flip: boolean): Axis {
  const ratio = length / count
  const taps = box ? Math.min(sourceLength, MAX_TAPS, Math.max(1, Math.round(ratio))) : 1
  const start = new Int32Array(count)
  const second = new Int32Array(count)
  const weight = new Int32Array(count)
  for (let index = 0; index < count; index++) {
    const centre = from + (index + 0.5) * ratio
    const at = flip ? count - 1 - index : index
    if (box) {
      start[at] = Math.max(0, Math.min(sourceLength - taps, Math.round(centre - taps / 2)))
      continue
    }
    const position = Math.max(0, Math.min(sourceLength - 1, centre - 0.5))
    const whole = Math.floor(position)
    start[at] = whole
    second[at] = Math.min(sourceLength - 1, whole + 1)
    weight[at] = Math.round((position - whole) * 256)
  }
  return { start, second, weight, taps, packed: box ? new Uint8Array(start.buffer) : packGroups(start, second, weight) }
}

/** Groups of eight destination pixels, as the kernel reads them: 48 bytes each. All taps of a group lie within 16 bytes. */
function packGroups(start: Int32Array, second: Int32Array, weight: Int32Array): Uint8Array {
  const groups = Math.ceil(start.length / 8)
  const packed = new Uint8Array(groups * 48)
  const view = new DataView(packed.buffer)
  for (let group = 0; group < groups; group++) {
    const base = Math.min(start[group * 8] ?? 0, start[Math.min(start.length - 1, group * 8 + 7)] ?? 0)
    view.setInt32(group * 48, base, true)
    for (let lane = 0; lane < 8; lane++) {
      const index = Math.min(start.length - 1, group * 8 + lane)
      const toRight = (weight[index] ?? 0) >> 1
      packed[group * 48 + 16 + lane] = (start[index] ?? 0) - base
      packed[group * 48 + 24 + lane] = (second[index] ?? 0) - base
      packed[group * 48 + 32 + lane] = 128 - toRight
      packed[group * 48 + 40 + lane] = toRight
    }
  }
  return packed
}

/** Sums of columns or one blended row: reused, grows to the widest source. */
let scratch = new Int32Array(0)

/** Scales all planes; means of whole pixels when shrinking, bilinear otherwise. `into` has the planned size. */
export function scalePlanes(source: Planes, into: Planes, scale: Scale): void {
  if (scratch.length < source.width) scratch = new Int32Array(source.width)
  scalePlane(source.y, source.width, into.y, into.width, into.height, scale.luma)
  scalePlane(source.u, source.chromaWidth, into.u, into.chromaWidth, into.chromaHeight, scale.chroma)
  scalePlane(source.v, source.chromaWidth, into.v, into.chromaWidth, into.chromaHeight, scale.chroma)
  if (source.alpha && into.alpha) scalePlane(source.alpha, source.width, into.alpha, into.width, into.height, scale.luma)
}

function scalePlane(source: Uint8Array, stride: number, into: Uint8Array, width: number, height: number, scale: PlaneScale): void {
  if (scale.box) boxPlane(source, stride, into, width, height, scale)
  else bilinearPlane(source, stride, into, width, height, scale)
}

function boxPlane(source: Uint8Array, stride: number, into: Uint8Array, width: number, height: number, scale: PlaneScale): void {
  const sums = scratch
  const { start: startX, taps: tapsX } = scale.horizontal
  const { start: startY, taps: tapsY } = scale.vertical
  const first = scale.from
  const end = first + scale.span
  const reciprocal = Math.round(65_536 / (tapsX * tapsY))
  for (let row = 0; row < height; row++) {
    let line = (startY[row] as number) * stride
    for (let x = first; x < end; x++) sums[x] = source[line + x] as number
    for (let tap = 1; tap < tapsY; tap++) {
      line += stride
      for (let x = first; x < end; x++) sums[x] = (sums[x] as number) + (source[line + x] as number)
    }
    const out = row * width
    for (let column = 0; column < width; column++) {
      const from = startX[column] as number
      let sum = 0
      for (let x = from; x < from + tapsX; x++) sum += sums[x] as number
      into[out + column] = (sum * reciprocal + 32_768) >>> 16
    }
  }
}

function bilinearPlane(source: Uint8Array, stride: number, into: Uint8Array, width: number, height: number, scale: PlaneScale): void {
  const { start: left, second: right, weight: weightX } = scale.horizontal
  const { start: top, second: bottom, weight: weightY } = scale.vertical
  for (let row = 0; row < height; row++) {
    const upper = (top[row] as number) * stride
    const lower = (bottom[row] as number) * stride
    const down = weightY[row] as number
    const up = 256 - down
    const out = row * width
    for (let column = 0; column < width; column++) {
      const a = left[column] as number
      const b = right[column] as number
      const toRight = weightX[column] as number
      const toLeft = 256 - toRight
      const above = (source[upper + a] as number) * toLeft + (source[upper + b] as number) * toRight
      const below = (source[lower + a] as number) * toLeft + (source[lower + b] as number) * toRight
      into[out + column] = (above * up + below * down + 32_768) >> 16
    }
  }
}
