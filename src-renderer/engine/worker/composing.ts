import type { Scene } from '@shared/domain/scene.ts'
import type { EngineClock } from '../clock.ts'
import { CompositorPlanes } from '../compositor/compositor-planes.ts'
import type { Compositor, CompositorName, Stamp } from '../compositor/compositor.ts'
import { COMPOSITORS, type CompositorChoice, measureCompositors, pickCompositor } from '../compositor/choose-compositor.ts'
import type { Planes } from '../compositor/planes.ts'
import { fitScene, type Size } from '../draw-list.ts'
import type { PictureStore } from './picture-store.ts'
import { type Drawing, SceneList } from './scene-list.ts'
import { Turns } from './turns.ts'

/** Says what is drawn at a moment. */
export interface Director {
  /** False while there is nothing to draw. */
  readonly ready: boolean
  /** Null while there is nothing to draw. */
  drawing(stamp: Stamp, canvas: Size): Drawing | null
}

/**
 * What the director wants to be seen, composed. The compositor is chosen once per canvas size and never changed for a scene's
 * sake: another one has other colours, which would mean new headers in the middle of a show.
 */
export class Composing {
  #director: Director | null = null
  #canvas: Size | null = null
  /** Null until measured. */
  #choice: CompositorChoice | null = null
  #compositor: Compositor | null = null
  #trouble = ''
  composeMs = 0

  constructor(
    private readonly store: Pick<PictureStore, 'pictures' | 'revision' | 'isAway' | 'setTime'>,
    private readonly clock: EngineClock,
    private readonly forced: CompositorName | null,
    /** Shared by all that compose from the same store. */
    private readonly turns = new Turns(),
  ) {}

  get canvas(): Size | null {
    return this.#canvas
  }

  /** What was measured best, or what took its place; null until then. */
  get best(): CompositorName | null {
    return this.#choice?.best ?? null
  }

  /** False until there is something to draw and a choice. */
  get ready(): boolean {
    return this.#director?.ready === true && this.#canvas !== null && this.#choice !== null
  }

  /** e.g. `planes (planes 1.2 ms, 2d 14.9 ms, webgl 31.0 ms)` */
  get description(): string {
    if (!this.#choice) return ''
    const trouble = this.#trouble || (this.#compositor instanceof CompositorPlanes ? this.#compositor.trouble : '')
    return `${this.#choice.best} (${this.#choice.reason}${trouble ? `; ${trouble}` : ''})`
  }

  /** The composed picture in planes, if frames are made that way. */
  get planes(): Planes | null {
    return this.#compositor instanceof CompositorPlanes ? this.#compositor.canvas : null
  }

  /** One scene for good, without a layout. */
  setScene(scene: Scene, designed: Size): void {
    const giver = (canvas: Size) => ({ revision: () => 1, resolve: () => fitScene(scene, designed, canvas) })
    let kept: { canvas: Size; list: SceneList } | null = null
    this.#director = {
      ready: true,
      drawing: (_, canvas) => {
        if (kept?.canvas !== canvas) kept = { canvas, list: new SceneList(this.store, giver(canvas), canvas) }
        return kept.list.update()
      },
    }
  }

  direct(director: Director): void {
    this.#director = director
  }

  /** Measures what is best for this size; nothing is composed until that is known. */
  async setCanvas(canvas: Size): Promise<void> {
    if (this.#canvas?.width === canvas.width && this.#canvas.height === canvas.height) return
    this.#closeCompositor()
    this.#choice = null
    const mine: Size = { width: canvas.width, height: canvas.height }
    this.#canvas = mine
    const choice = this.forced ? { best: this.forced, reason: 'as asked' } : await this.#measure(mine)
    if (this.#canvas === mine) this.#choice = choice
  }

  /** What cannot be measured is drawn in the way that works everywhere. */
  async #measure(canvas: Size): Promise<CompositorChoice> {
    try {
      return pickCompositor(await measureCompositors(canvas, this.clock.monotonicMs))
    } catch (error) {
      return { best: '2d', reason: `not measured: ${error instanceof Error ? error.message : String(error)}` }
    }
  }

  /** One frame, which the caller closes; null while there is no scene, no choice yet, or no way to draw it. */
  compose(stamp: Stamp): Promise<VideoFrame | null> {
    return this.turns.take(() => this.#compose(stamp))
  }

  async #compose(stamp: Stamp): Promise<VideoFrame | null> {
    if (!this.#director || !this.#canvas || !this.#choice) return null
    const startMs = this.clock.monotonicMs()
    this.store.setTime(stamp.timestampUs, stamp.durationUs)
    const drawing = this.#director.drawing(stamp, this.#canvas)
    if (!drawing) return null
    const frame = await this.#draw(this.#choice.best, this.#canvas, drawing, stamp)
    this.composeMs += (this.clock.monotonicMs() - startMs - this.composeMs) * 0.05
    return frame
  }

  close(): void {
    this.#closeCompositor()
  }

  async #draw(name: CompositorName, canvas: Size, drawing: Drawing, stamp: Stamp): Promise<VideoFrame | null> {
    try {
      this.#compositor ??= COMPOSITORS[name](canvas)
      for (const picture of drawing.composed) await picture.refresh?.()
      await this.#compositor.draw(drawing.list, drawing.background, drawing.pictures)
      return this.#compositor.frame(stamp)
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error)
      this.#closeCompositor()
      // A GPU that is lost may not come back. The 2D canvas does without, and its frames have the same colour.
      if (name === 'webgl') this.#choice = { best: '2d', reason: `webgl failed: ${this.#trouble}` }
      return null
    }
  }

  #closeCompositor(): void {
    this.#compositor?.close()
    this.#compositor = null
  }
}
