import { allocatePlanes, chromaBlueOf, chromaRedOf, fillRect, lumaOf, parseColour, type Planes } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'

/** A picture that is planes and nothing else, for tests that read pixels without a browser. */
export class PlanePictureSample implements Picture {
  readonly readable = true
  version = 1
  /** How often its pixels were asked for. */
  reads = 0

  constructor(
    readonly pixels: Planes,
    readonly opaque = pixels.alpha === null,
  ) {}

  get width(): number {
    return this.pixels.width
  }

  get height(): number {
    return this.pixels.height
  }

  drawable(): never {
    throw new Error('planes only')
  }

  async planes(): Promise<Planes> {
    this.reads++
    return this.pixels
  }

  fill(colour: string): void {
    paint(this.pixels, colour)
    this.version++
  }

  close(): void {}
}

export function plain(colour: string, width: number, height: number): PlanePictureSample {
  const planes = allocatePlanes(width, height)
  paint(planes, colour)
  return new PlanePictureSample(planes)
}

/** Luma 50 and 100 over 150 and 200, in quarters of even size. */
export function quarters(width: number, height: number): PlanePictureSample {
  const planes = allocatePlanes(width, height)
  const [halfWidth, halfHeight] = [width / 2, height / 2]
  fillRect(planes, 0, 0, halfWidth, halfHeight, 50, 60, 70)
  fillRect(planes, halfWidth, 0, halfWidth, halfHeight, 100, 110, 120)
  fillRect(planes, 0, halfHeight, halfWidth, halfHeight, 150, 160, 170)
  fillRect(planes, halfWidth, halfHeight, halfWidth, halfHeight, 200, 210, 220)
  return new PlanePictureSample(planes)
}

export const lumaOfColour = (colour: string): number => {
  const { r, g, b } = parseColour(colour)
  return lumaOf(r, g, b)
}

export const lumaAt = (planes: Planes, x: number, y: number): number => planes.y[y * planes.width + x] ?? -1
export const blueAt = (planes: Planes, x: number, y: number): number => planes.u[(y >> 1) * planes.chromaWidth + (x >> 1)] ?? -1

function paint(planes: Planes, colour: string): void {
  const { r, g, b } = parseColour(colour)
  fillRect(planes, 0, 0, planes.width, planes.height, lumaOf(r, g, b), chromaBlueOf(r, g, b), chromaRedOf(r, g, b))
}
