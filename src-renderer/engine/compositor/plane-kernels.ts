import type { Planes } from './planes.ts'
import { PLANE_KERNELS } from './plane-kernels.wasm.ts'
import { type PlaneScale, planScale, type Scale, scalePlanes, startsOf } from './scale-planes.ts'

interface Kernels {
  memory: WebAssembly.Memory
  blendRows(dst: number, a: number, b: number, count: number, weight: number): void
  resampleRow(dst: number, src: number, table: number, groups: number): void
  sumRows(dst: number, src: number, stride: number, rows: number, count: number): void
  boxRow(dst: number, sums: number, starts: number, count: number, taps: number, reciprocal: number): void
  rgbaRow(dst: number, y: number, u: number, v: number, count: number): void
}

const PAGE_BYTES = 65_536
/** Rows may be read and written this far over their end. */
const SLACK_BYTES = 64

/**
 * Scales planes and shows them as RGBA with 128-bit instructions, 7 to 14 times as fast as the loops in
 * `scale-planes.ts`, which remain the definition of what comes out (within 3 of 255).
 */
export class PlaneKernels {
  readonly #kernels: Kernels
  #bytes: Uint8Array<ArrayBuffer>
  #preview: { planes: Planes; source: Planes; scale: Scale } | null = null

  private constructor(kernels: Kernels) {
    this.#kernels = kernels
    this.#bytes = new Uint8Array(kernels.memory.buffer as ArrayBuffer)
  }

  /** Null where WebAssembly or its vector instructions are not to be had; then `scalePlanes` does it. */
  static create(): PlaneKernels | null {
    try {
      const binary = Uint8Array.from(atob(PLANE_KERNELS), (character) => character.charCodeAt(0))
      const instance = new WebAssembly.Instance(new WebAssembly.Module(binary))
      return new PlaneKernels(instance.exports as unknown as Kernels)
    } catch {
      return null
    }
  }

  /** As `scalePlanes`. */
  scale(source: Planes, into: Planes, scale: Scale): void {
    this.#plane(source.y, source.width, into.y, into.width, into.height, scale.luma)
    this.#plane(source.u, source.chromaWidth, into.u, into.chromaWidth, into.chromaHeight, scale.chroma)
    this.#plane(source.v, source.chromaWidth, into.v, into.chromaWidth, into.chromaHeight, scale.chroma)
    if (source.alpha && into.alpha) this.#plane(source.alpha, source.width, into.alpha, into.width, into.height, scale.luma)
  }

  /** Lays `over` onto `under`, both of the same length, with this opacity (0 to 1, in steps of 1/128). */
  blend(under: Uint8Array, over: Uint8Array, opacity: number): void {
    const second = aligned(under.length + SLACK_BYTES)
    const bytes = this.#room(second + over.length + SLACK_BYTES)
    bytes.set(under)
    bytes.set(over, second)
    this.#kernels.blendRows(0, 0, second, under.length, Math.round(opacity * 128))
    under.set(bytes.subarray(0, under.length))
  }

  /** Scales opaque planes to an image and converts them; `allocate` makes planes of the image's size, kept for the next one. */
  toRgba(source: Planes, image: { width: number; height: number; data: Uint8ClampedArray }, allocate: (width: number, height: number) => Planes): void {
    const { width, height } = image
    if (source.width === width && source.height === height) return this.#convert(source, image.data)
    if (!this.#preview || this.#preview.source !== source || this.#preview.planes.width !== width || this.#preview.planes.height !== height) {
      const from = { x: 0, y: 0, width: source.width, height: source.height }
      this.#preview = { planes: allocate(width, height), source, scale: planScale(source, from, width, height) }
    }
    const { planes, scale } = this.#preview
    this.scale(source, planes, scale)
    this.#convert(planes, image.data)
  }

  #convert(planes: Planes, rgba: Uint8ClampedArray): void {
    const { width, height, chromaWidth } = planes
    const u = planes.y.length
    const v = u + planes.u.length
    const out = aligned(planes.data.length + SLACK_BYTES)
    const bytes = this.#room(out + width * height * 4 + SLACK_BYTES)
    bytes.set(planes.data)
    for (let row = 0; row < height; row++) {
      const chroma = (row >> 1) * chromaWidth
      this.#kernels.rgbaRow(out + row * width * 4, row * width, u + chroma, v + chroma, width)
    }
    rgba.set(bytes.subarray(out, out + width * height * 4))
  }

  #plane(source: Uint8Array, stride: number, into: Uint8Array, width: number, height: number, scale: PlaneScale): void {
    const { horizontal, vertical, box } = scale
    const [firstRow, lastStart] = startsOf(vertical)
    const rows = Math.min(source.length / stride, lastStart + Math.max(2, vertical.taps)) - firstRow
    const outStride = aligned(width)
    const table = aligned(rows * stride + SLACK_BYTES)
    const scratch = aligned(table + horizontal.packed.length)
    const out = aligned(scratch + stride * 2 + SLACK_BYTES)
    const bytes = this.#room(out + outStride * height + SLACK_BYTES)
    bytes.set(rows * stride === source.length ? source : source.subarray(firstRow * stride, (firstRow + rows) * stride))
    bytes.set(horizontal.packed, table)
    const { blendRows, resampleRow, sumRows, boxRow } = this.#kernels
    for (let row = 0; row < height; row++) {
      const upper = ((vertical.start[row] as number) - firstRow) * stride
      if (box) {
        sumRows(scratch + scale.from * 2, upper + scale.from, stride, vertical.taps, scale.span)
        boxRow(out + row * outStride, scratch, table, width, horizontal.taps, Math.round(65_536 / (horizontal.taps * vertical.taps)))
        continue
      }
      const weight = (vertical.weight[row] as number) >> 1
      const lower = ((vertical.second[row] as number) - firstRow) * stride
      if (weight > 0) blendRows(scratch, upper, lower, stride, weight)
      resampleRow(out + row * outStride, weight > 0 ? scratch : upper, table, (width + 7) >> 3)
    }
    if (outStride === width) into.set(bytes.subarray(out, out + width * height))
    else for (let row = 0; row < height; row++) into.set(bytes.subarray(out + row * outStride, out + row * outStride + width), row * width)
  }

  #room(byteLength: number): Uint8Array<ArrayBuffer> {
    if (this.#bytes.length < byteLength) {
      this.#kernels.memory.grow(Math.ceil((byteLength - this.#bytes.length) / PAGE_BYTES))
      this.#bytes = new Uint8Array(this.#kernels.memory.buffer as ArrayBuffer)
    }
    return this.#bytes
  }
}

const aligned = (offset: number): number => (offset + 15) & ~15

let shared: PlaneKernels | null | undefined

/** One for all that draw in this worker: its memory is scratch room, used up to the end of each call. */
export function sharedKernels(): PlaneKernels | null {
  if (shared === undefined) shared = PlaneKernels.create()
  return shared
}

/** How planes are scaled in here: with vector instructions where they are to be had. */
export function planeScaler(): (source: Planes, into: Planes, scale: Scale) => void {
  const kernels = sharedKernels()
  return kernels ? (source, into, scale) => kernels.scale(source, into, scale) : scalePlanes
}
