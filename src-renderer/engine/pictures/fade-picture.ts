import { allocatePlanes, type Planes } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'

/** One picture turning into another one of the same size. Begins when it is first asked for a time; afterwards it is the second one. */
export class FadePicture implements Picture {
  readonly width: number
  readonly height: number
  readonly opaque: boolean
  #version = 1
  #sinceUs: number | null = null
  #part = 0
  #from: Picture | null
  #planes: Planes | null = null
  #planesVersion = 0
  #surface: OffscreenCanvas | null = null
  #surfaceVersion = 0

  constructor(
    from: Picture,
    readonly to: Picture,
    private readonly lengthMs: number,
  ) {
    this.#from = from
    this.width = to.width
    this.height = to.height
    this.opaque = from.opaque && to.opaque
  }

  get version(): number {
    return this.#version
  }

  get readable(): boolean {
    return this.to.readable && (this.#from?.readable ?? true)
  }

  setTime(timestampUs: number): void {
    if (!this.#from) return
    this.#sinceUs ??= timestampUs
    this.#part = Math.min(1, Math.max(0, (timestampUs - this.#sinceUs) / (this.lengthMs * 1000)))
    this.#version++
    if (this.#part < 1) return
    this.#from.close()
    this.#from = null
    this.#planes = null
    this.#surface = null
  }

  drawable(): VideoFrame | ImageBitmap | OffscreenCanvas {
    if (!this.#from) return this.to.drawable()
    this.#surface ??= new OffscreenCanvas(this.width, this.height)
    if (this.#surfaceVersion === this.#version) return this.#surface
    this.#surfaceVersion = this.#version
    const context = this.#surface.getContext('2d')
    if (!context) throw new Error('no 2D canvas')
    context.clearRect(0, 0, this.width, this.height)
    context.globalCompositeOperation = 'lighter'
    for (const [picture, alpha] of [[this.#from, 1 - this.#part], [this.to, this.#part]] as const) {
      context.globalAlpha = alpha
      context.drawImage(picture.drawable(), 0, 0, this.width, this.height)
    }
    return this.#surface
  }

  async planes(): Promise<Planes> {
    if (!this.#from) return this.to.planes()
    const version = this.#version
    const part = this.#part
    const [from, to] = [await this.#from.planes(), await this.to.planes()]
    this.#planes ??= allocatePlanes(this.width, this.height, from.alpha !== null || to.alpha !== null)
    if (this.#planesVersion !== version) mixPlanes(from, to, part, this.#planes)
    this.#planesVersion = version
    return this.#planes
  }

  /** What it turns into, for the next fade; the rest is closed. */
  handOver(): Picture {
    this.#from?.close()
    this.#from = null
    return this.to
  }

  close(): void {
    this.handOver().close()
    this.#planes = null
    this.#surface = null
  }
}

/** `part` of `to` over the rest of `from`; where either is transparent, colours count by their opacity. All of one size. */
export function mixPlanes(from: Planes, to: Planes, part: number, into: Planes): void {
  const second = Math.round(part * 256)
  const first = 256 - second
  if (!into.alpha) {
    for (let index = 0; index < into.data.length; index++) into.data[index] = ((from.data[index] as number) * first + (to.data[index] as number) * second + 128) >> 8
    return
  }
  const { width, height, chromaWidth, chromaHeight } = into
  for (let index = 0; index < into.y.length; index++) {
    const a = first * (from.alpha ? (from.alpha[index] as number) : 255)
    const b = second * (to.alpha ? (to.alpha[index] as number) : 255)
    into.alpha[index] = (a + b + 128) >> 8
    if (a + b > 0) into.y[index] = ((from.y[index] as number) * a + (to.y[index] as number) * b) / (a + b)
  }
  for (let row = 0; row < chromaHeight; row++) {
    const luma = Math.min(height - 1, row * 2) * width
    for (let column = 0; column < chromaWidth; column++) {
      const index = row * chromaWidth + column
      const at = luma + Math.min(width - 1, column * 2)
      const a = first * (from.alpha ? (from.alpha[at] as number) : 255)
      const b = second * (to.alpha ? (to.alpha[at] as number) : 255)
      if (a + b === 0) continue
      into.u[index] = ((from.u[index] as number) * a + (to.u[index] as number) * b) / (a + b)
      into.v[index] = ((from.v[index] as number) * a + (to.v[index] as number) * b) / (a + b)
    }
  }
}
