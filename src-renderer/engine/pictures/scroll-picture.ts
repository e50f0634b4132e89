import { allocatePlanes, type Planes } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'

export interface ScrollWay {
  direction: 'left' | 'up'
  /** Pixels per second; negative = the other way. */
  speed: number
  /** The box's width (left) or height (up), px. */
  boxPx: number
  /** The program's time at which it began, µs. */
  sinceUs: number
}

/** A strip that runs through a box, round and round: drawn once, then only read from another place. */
export class ScrollPicture implements Picture {
  readonly width: number
  readonly height: number
  readonly readable = true
  readonly opaque: boolean
  #version = 1
  #offset: number
  #planes: Planes | null = null
  #planesVersion = 0
  #surface: OffscreenCanvas | null = null
  #surfaceVersion = 0

  constructor(
    private readonly strip: Picture,
    private readonly way: ScrollWay,
  ) {
    const { direction, boxPx } = way
    const box = Math.max(2, Math.round(boxPx / 2) * 2)
    this.width = direction === 'left' ? Math.min(box, strip.width) : strip.width
    this.height = direction === 'up' ? Math.min(box, strip.height) : strip.height
    this.opaque = strip.opaque
    this.#offset = scrollOffset(way, this.#length, this.#box, way.sinceUs)
  }

  get version(): number {
    return this.#version
  }

  get #length(): number {
    return this.way.direction === 'left' ? this.strip.width : this.strip.height
  }

  get #box(): number {
    return this.way.direction === 'left' ? this.width : this.height
  }

  setTime(timestampUs: number): void {
    const offset = scrollOffset(this.way, this.#length, this.#box, timestampUs)
    if (offset === this.#offset) return
    this.#offset = offset
    this.#version++
  }

  drawable(): OffscreenCanvas {
    this.#surface ??= new OffscreenCanvas(this.width, this.height)
    if (this.#surfaceVersion === this.#version) return this.#surface
    this.#surfaceVersion = this.#version
    const context = this.#surface.getContext('2d')
    if (!context) throw new Error('no 2D canvas')
    context.clearRect(0, 0, this.width, this.height)
    const strip = this.strip.drawable()
    for (const at of [-this.#offset, this.#length - this.#offset]) {
      if (this.way.direction === 'left') context.drawImage(strip, at, 0)
      else context.drawImage(strip, 0, at)
    }
    return this.#surface
  }

  async planes(): Promise<Planes> {
    const version = this.#version
    const strip = await this.strip.planes()
    this.#planes ??= allocatePlanes(this.width, this.height, strip.alpha !== null)
    if (this.#planesVersion !== version) cutWindow(strip, this.#planes, this.way.direction, this.#offset)
    this.#planesVersion = version
    return this.#planes
  }

  close(): void {
    this.strip.close()
    this.#planes = null
    this.#surface = null
  }
}

/** Where in the strip the box begins: even px from 0 to the strip's length. At the beginning the box is on the empty piece at its end. */
export function scrollOffset({ speed, sinceUs }: ScrollWay, lengthPx: number, boxPx: number, atUs: number): number {
  const moved = (speed * (atUs - sinceUs)) / 1_000_000 + (speed < 0 ? 0 : lengthPx - boxPx)
  const wrapped = ((moved % lengthPx) + lengthPx) % lengthPx
  return (Math.floor(wrapped / 2) * 2) % lengthPx
}

/** Copies the part of an endless strip that begins at `offset` (even). */
export function cutWindow(strip: Planes, into: Planes, direction: 'left' | 'up', offset: number): void {
  const chroma = offset >> 1
  cutPlane(strip.y, strip.width, strip.height, into.y, into.width, into.height, direction, offset)
  if (strip.alpha && into.alpha) cutPlane(strip.alpha, strip.width, strip.height, into.alpha, into.width, into.height, direction, offset)
  cutPlane(strip.u, strip.chromaWidth, strip.chromaHeight, into.u, into.chromaWidth, into.chromaHeight, direction, chroma)
  cutPlane(strip.v, strip.chromaWidth, strip.chromaHeight, into.v, into.chromaWidth, into.chromaHeight, direction, chroma)
}

function cutPlane(from: Uint8Array, fromWidth: number, fromHeight: number, to: Uint8Array, width: number, height: number, direction: 'left' | 'up', offset: number): void {
  if (direction === 'up') {
    const first = Math.min(height, fromHeight - offset)
    to.set(from.subarray(offset * fromWidth, (offset + first) * fromWidth), 0)
    if (first < height) to.set(from.subarray(0, (height - first) * fromWidth), first * width)
    return
  }
  const first = Math.min(width, fromWidth - offset)
  for (let row = 0; row < height; row++) {
    const start = row * fromWidth
    to.set(from.subarray(start + offset, start + offset + first), row * width)
    if (first < width) to.set(from.subarray(start, start + width - first), row * width + first)
  }
}
