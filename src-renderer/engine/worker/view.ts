import type { Size } from '../draw-list.ts'
import type { ViewTarget } from '../engine.types.ts'
import type { ScenePicture } from '../pictures/scene-picture.ts'
import type { OnSecondCanvas } from '../stage/second-stage.ts'
import { wholeScene } from '../stage/whole-scene.ts'
import { SurfacePainter } from './paint-surface.ts'
import type { ScenePictures } from './scene-pictures.ts'

/** One canvas that something is painted on, in turns. */
export interface View {
  /** Pixels; 0 x 0 until it is known. */
  setSize(width: number, height: number): void
  /** What there is to paint in this round, one piece of work each. `round` counts 15 a second. */
  jobs(round: number): readonly (() => Promise<void>)[]
  /** Now and then: gives back what nobody looks at. */
  rest(): void
  close(): void
}

const MAX_PX = 1920
export const evenPx = (length: number): number => Math.max(2, Math.min(MAX_PX, Math.round(length / 2) * 2))

/** After 3 s without a look its memory is given back. */
const RESTS_UNTIL_RELEASE = 6
const SLOW_ROUNDS = 3

/** A scene or a source by itself, or the second canvas; that one without transitions. */
export class PictureView implements View {
  readonly #context: OffscreenCanvasRenderingContext2D | null
  readonly #painter = new SurfacePainter()
  readonly #job = [() => this.#paint()]
  static #opened = 0
  /** Thumbnails move in every third round, and not all in the same one. */
  readonly #phase = PictureView.#opened++ % SLOW_ROUNDS
  #picture: ScenePicture | null = null
  #painted = 0

  constructor(
    private readonly canvas: OffscreenCanvas,
    private readonly target: Extract<ViewTarget, { kind: 'scene' | 'source' | 'second' }>,
    private readonly scenes: ScenePictures,
    private readonly second: OnSecondCanvas,
  ) {
    this.#context = canvas.getContext('2d', { alpha: false })
  }

  setSize(width: number, height: number): void {
    const size = { width: evenPx(width), height: evenPx(height) }
    if (this.#picture?.width === size.width && this.#picture.height === size.height) return
    this.canvas.width = size.width
    this.canvas.height = size.height
    this.#picture?.close()
    this.#painted = 0
    this.#picture = this.#open(size)
  }

  #open(size: Size): ScenePicture {
    const { target, scenes, second } = this
    switch (target.kind) {
      case 'scene':
        return scenes.thumbnail(target.sceneId, size)
      case 'source':
        return scenes.of({ revision: () => 1, resolve: () => wholeScene(target.sourceId, size) }, size)
      case 'second':
        return scenes.of({ revision: () => second.onAirRevision(), resolve: () => second.onAir(size) }, size)
    }
  }

  jobs(round: number): readonly (() => Promise<void>)[] {
    const { target } = this
    if (target.kind === 'scene' && target.slow && this.#painted > 0 && round % SLOW_ROUNDS !== this.#phase) return []
    return this.#picture && this.#context ? this.#job : []
  }

  rest(): void {
    this.#picture?.rest(RESTS_UNTIL_RELEASE)
  }

  close(): void {
    this.#picture?.close()
    this.#picture = null
  }

  async #paint(): Promise<void> {
    const picture = this.#picture
    await picture?.refresh()
    if (!picture || !this.#context || picture !== this.#picture || picture.version === this.#painted || !picture.surface) return
    this.#painted = picture.version
    this.#painter.paint(this.#context, picture.surface, 0, 0, picture.width, picture.height)
  }
}
