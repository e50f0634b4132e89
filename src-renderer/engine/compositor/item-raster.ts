import type { DrawCommand, Rect, Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import { allocatePlanes, type Planes, planesFromRgb } from './planes.ts'

/** Less than this of a pixel is rounding, e.g. of the cosine of 90°. */
const ROUNDING = 1e-6

/** The smallest box on even pixels around what a command draws, cut to the canvas (of even size); null when nothing of it is left. */
export function rasterBox(command: DrawCommand, canvas: Size): Rect | null {
  const { to } = command
  const angle = (command.rotationDeg * Math.PI) / 180
  const [cos, sin] = [Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle))]
  const halfWidth = (to.width * cos + to.height * sin) / 2 - ROUNDING
  const halfHeight = (to.width * sin + to.height * cos) / 2 - ROUNDING
  const [centreX, centreY] = [to.x + to.width / 2, to.y + to.height / 2]
  const x = Math.max(0, Math.floor((centreX - halfWidth) / 2) * 2)
  const y = Math.max(0, Math.floor((centreY - halfHeight) / 2) * 2)
  const width = Math.min(canvas.width, Math.ceil((centreX + halfWidth) / 2) * 2) - x
  const height = Math.min(canvas.height, Math.ceil((centreY + halfHeight) / 2) * 2) - y
  return width > 0 && height > 0 ? { x, y, width, height } : null
}

/**
 * Draws single items on one scratch canvas and reads them back as planes with opacity: the way into the planes
 * compositor for frames that only a GPU or a canvas can read. Dear: each frame goes through RGB and leaves megabytes of
 * garbage behind, so what can be read is scaled and turned in planes.
 */
export class ItemRaster {
  #scratch: OffscreenCanvas | null = null
  #context: OffscreenCanvasRenderingContext2D | null = null

  /** Draws what lies in `box` (canvas pixels); the item's own opacity is left to the blending. `reuse` is taken when it fits. */
  draw(command: DrawCommand, picture: Picture, box: Rect, reuse: Planes | null): Planes {
    const opaque = picture.opaque && covers(command, box)
    const fits = reuse !== null && reuse.width === box.width && reuse.height === box.height && (reuse.alpha === null) === opaque
    const planes = fits ? reuse : allocatePlanes(box.width, box.height, !opaque)
    const context = this.#room(box)
    const { from, to } = command
    context.setTransform(1, 0, 0, 1, 0, 0)
    context.clearRect(0, 0, box.width, box.height)
    context.translate(to.x + to.width / 2 - box.x, to.y + to.height / 2 - box.y)
    context.rotate((command.rotationDeg * Math.PI) / 180)
    context.scale(command.flipX ? -1 : 1, command.flipY ? -1 : 1)
    context.drawImage(picture.drawable(), from.x, from.y, from.width, from.height, -to.width / 2, -to.height / 2, to.width, to.height)
    planesFromRgb(context.getImageData(0, 0, box.width, box.height).data, planes, 'rgba')
    return planes
  }

  close(): void {
    this.#scratch = null
    this.#context = null
  }

  /** The scratch canvas, grown to the largest item so far. */
  #room(box: Size): OffscreenCanvasRenderingContext2D {
    const width = Math.max(box.width, this.#scratch?.width ?? 0)
    const height = Math.max(box.height, this.#scratch?.height ?? 0)
    if (this.#context && this.#scratch?.width === width && this.#scratch.height === height) return this.#context
    this.#scratch = new OffscreenCanvas(width, height)
    this.#context = this.#scratch.getContext('2d', { willReadFrequently: true })
    if (!this.#context) throw new Error('no 2D canvas')
    return this.#context
  }
}

const covers = ({ to, rotationDeg }: DrawCommand, box: Rect): boolean =>
  rotationDeg === 0 && to.x <= box.x && to.y <= box.y && to.x + to.width >= box.x + box.width && to.y + to.height >= box.y + box.height
