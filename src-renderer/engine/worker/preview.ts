import { PlaneKernels } from '../compositor/plane-kernels.ts'
import { allocatePlanes, type Planes } from '../compositor/planes.ts'
import { planesToRgba } from '../compositor/planes-to-rgba.ts'

/** The visible picture of the program: drawn no larger than it is seen and no more often than the eye needs. */
export class Preview {
  #canvas: OffscreenCanvas | null = null
  #context: OffscreenCanvasRenderingContext2D | null = null
  #image: ImageData | null = null
  #width = 0
  #height = 0
  visible = true
  readonly #kernels = PlaneKernels.create()

  attach(canvas: OffscreenCanvas): void {
    this.#canvas = canvas
    this.#context = canvas.getContext('2d', { alpha: false })
    this.#image = null
    if (this.#width > 0) this.setSize(this.#width, this.#height)
  }

  detach(): void {
    this.#canvas = null
    this.#context = null
    this.#image = null
  }

  setSize(width: number, height: number): void {
    this.#width = Math.max(2, Math.min(1920, Math.round(width)))
    this.#height = Math.max(2, Math.min(1920, Math.round(height)))
    if (!this.#canvas || (this.#canvas.width === this.#width && this.#canvas.height === this.#height)) return
    this.#canvas.width = this.#width
    this.#canvas.height = this.#height
    this.#image = null
  }

  get wanted(): boolean {
    return this.visible && this.#context !== null && this.#width > 0
  }

  /** Draws a composed frame. Planes are converted straight at the preview's size, which is cheaper than drawing the frame. */
  paint(frame: VideoFrame, planes: Planes | null): void {
    const context = this.#context
    if (!context || !this.#canvas) return
    const { width, height } = this.#canvas
    if (!planes) {
      context.drawImage(frame, 0, 0, width, height)
      return
    }
    this.#image ??= context.createImageData(width, height)
    if (this.#kernels) this.#kernels.toRgba(planes, this.#image, allocatePlanes)
    else planesToRgba(planes, this.#image)
    context.putImageData(this.#image, 0, 0)
  }
}
