import { sharedKernels } from '../compositor/plane-kernels.ts'
import { allocatePlanes, type Planes } from '../compositor/planes.ts'
import { planesToRgba } from '../compositor/planes-to-rgba.ts'

/** Puts composed pictures onto canvases that are looked at. Keeps the room that it converts in. */
export class SurfacePainter {
  #image: ImageData | null = null

  /** Paints the whole surface at (x, y); planes in their own size, canvases scaled to this one. */
  paint(context: OffscreenCanvasRenderingContext2D, surface: Planes | OffscreenCanvas, x: number, y: number, width: number, height: number): void {
    if (surface instanceof OffscreenCanvas) {
      context.drawImage(surface, x, y, width, height)
      return
    }
    if (this.#image?.width !== surface.width || this.#image.height !== surface.height) this.#image = context.createImageData(surface.width, surface.height)
    const kernels = sharedKernels()
    if (kernels) kernels.toRgba(surface, this.#image, allocatePlanes)
    else planesToRgba(surface, this.#image)
    context.putImageData(this.#image, x, y)
  }
}
