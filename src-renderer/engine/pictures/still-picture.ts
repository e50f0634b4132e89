import { allocatePlanes, type Planes, planesFromRgb } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'

/** An image, a text or a colour: rasterised once, as planes only when first asked for. */
export class StillPicture implements Picture {
  readonly readable = true
  readonly version = 1
  readonly width: number
  readonly height: number
  #planes: Planes | null = null

  constructor(
    private readonly bitmap: ImageBitmap | OffscreenCanvas,
    readonly opaque: boolean,
  ) {
    this.width = bitmap.width
    this.height = bitmap.height
  }

  drawable(): ImageBitmap | OffscreenCanvas {
    return this.bitmap
  }

  async planes(): Promise<Planes> {
    if (!this.#planes) {
      this.#planes = allocatePlanes(this.width, this.height, !this.opaque)
      planesFromRgb(pixelsOf(this.bitmap), this.#planes, 'rgba')
    }
    return this.#planes
  }

  close(): void {
    if ('close' in this.bitmap) this.bitmap.close()
    this.#planes = null
  }
}

/** The pixels of a bitmap, RGBA, not premultiplied. */
export function pixelsOf(bitmap: ImageBitmap | OffscreenCanvas): Uint8ClampedArray {
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no 2D canvas')
  context.drawImage(bitmap, 0, 0)
  return context.getImageData(0, 0, bitmap.width, bitmap.height).data
}
