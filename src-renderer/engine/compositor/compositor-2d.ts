import type { DrawCommand, Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import type { Compositor, Stamp } from './compositor.ts'

/** Composes with a 2D canvas: everything can be drawn, but without a GPU each frame is converted to RGB and back. */
export class Compositor2d implements Compositor {
  readonly name = '2d'
  readonly #canvas: OffscreenCanvas
  readonly #context: OffscreenCanvasRenderingContext2D

  constructor(size: Size) {
    this.#canvas = new OffscreenCanvas(size.width, size.height)
    const context = this.#canvas.getContext('2d', { alpha: false })
    if (!context) throw new Error('no 2D canvas')
    this.#context = context
  }

  get surface(): OffscreenCanvas {
    return this.#canvas
  }

  async draw(list: readonly DrawCommand[], background: string, pictures: ReadonlyMap<string, Picture>): Promise<void> {
    this.#context.globalAlpha = 1
    const first = list[0]
    if (!first || !this.#coversAll(first, pictures)) {
      this.#context.fillStyle = background
      this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height)
    }
    for (const command of list) {
      const picture = pictures.get(command.sourceId)
      if (picture) this.#draw(command, picture)
    }
  }

  frame(stamp: Stamp): VideoFrame {
    return new VideoFrame(this.#canvas, { timestamp: stamp.timestampUs, duration: stamp.durationUs, alpha: 'discard' })
  }

  close(): void {
    this.#canvas.width = 1
    this.#canvas.height = 1
  }

  #draw(command: DrawCommand, picture: Picture): void {
    const context = this.#context
    const { from, to } = command
    context.globalAlpha = command.opacity
    if (command.rotationDeg === 0 && !command.flipX && !command.flipY) {
      context.drawImage(picture.drawable(), from.x, from.y, from.width, from.height, to.x, to.y, to.width, to.height)
      return
    }
    context.save()
    context.translate(to.x + to.width / 2, to.y + to.height / 2)
    context.rotate((command.rotationDeg * Math.PI) / 180)
    context.scale(command.flipX ? -1 : 1, command.flipY ? -1 : 1)
    context.drawImage(picture.drawable(), from.x, from.y, from.width, from.height, -to.width / 2, -to.height / 2, to.width, to.height)
    context.restore()
  }

  #coversAll(command: DrawCommand, pictures: ReadonlyMap<string, Picture>): boolean {
    const { to } = command
    return (
      command.rotationDeg === 0 && command.opacity >= 1 && pictures.get(command.sourceId)?.opaque === true &&
      to.x <= 0 && to.y <= 0 && to.x + to.width >= this.#canvas.width && to.y + to.height >= this.#canvas.height
    )
  }
}
