import { allocatePlanes, chromaBlueOf, chromaRedOf, fillRect, lumaOf, parseColour, type Planes } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'

/** One opaque colour, as large as a picture may be small: it is stretched. */
export class ColourPicture implements Picture {
  readonly width = 2
  readonly height = 2
  readonly opaque = true
  readonly readable = true
  readonly version = 1
  #canvas: OffscreenCanvas | null = null

  /** `#rrggbb` */
  constructor(private readonly colour: string) {}

  drawable(): OffscreenCanvas {
    if (this.#canvas) return this.#canvas
    this.#canvas = new OffscreenCanvas(this.width, this.height)
    const context = this.#canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('no 2D canvas')
    context.fillStyle = this.colour
    context.fillRect(0, 0, this.width, this.height)
    return this.#canvas
  }

  async planes(): Promise<Planes> {
    const planes = allocatePlanes(this.width, this.height)
    const { r, g, b } = parseColour(this.colour)
    fillRect(planes, 0, 0, this.width, this.height, lumaOf(r, g, b), chromaBlueOf(r, g, b), chromaRedOf(r, g, b))
    return planes
  }

  close(): void {}
}
