import type { Scene } from '@shared/domain/scene.ts'
import type { EngineClock } from '../clock.ts'
import { CompositorPlanes } from '../compositor/compositor-planes.ts'
import type { Compositor, CompositorName, Stamp } from '../compositor/compositor.ts'
import { COMPOSITORS, type CompositorChoice, measureCompositors, pickCompositor } from '../compositor/choose-compositor.ts'
import type { Planes } from '../compositor/planes.ts'
import { type DrawCommand, drawList, fitScene, type Size, visibleOnly } from '../draw-list.ts'
import type { PictureStore } from './picture-store.ts'
import { Turns } from './turns.ts'

/**
 * The scene, composed: keeps the draw list until something changes. The compositor is chosen once per canvas size and
 * never changed for a scene's sake: another one has other colours, which would mean new headers in the middle of a show.
 */
export class Composing {
  #scene: Scene | null = null
  #designed: Size | null = null
  #canvas: Size | null = null
  #list: DrawCommand[] = []
  #listRevision = -1
  /** Null until measured. */
  #choice: CompositorChoice | null = null
  #compositor: Compositor | null = null
  #trouble = ''
  composeMs = 0

  constructor(
    private readonly store: Pick<PictureStore, 'pictures' | 'revision' | 'setTime'>,
    private readonly clock: EngineClock,
    private readonly forced: CompositorName | null,
    /** Shared by all that compose from the same store. */
    private readonly turns = new Turns(),
  ) {}

  get canvas(): Size | null {
    return this.#canvas
  }

  /** False until there is a scene and a choice. */
  get ready(): boolean {
    return this.#scene !== null && this.#canvas !== null && this.#choice !== null
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

  setScene(scene: Scene, designed: Size): void {
    this.#scene = scene
    this.#designed = designed
    this.#listRevision = -1
  }

  /** Measures what is best for this size; nothing is composed until that is known. */
  async setCanvas(canvas: Size): Promise<void> {
    if (this.#canvas?.width === canvas.width && this.#canvas.height === canvas.height) return
    this.#closeCompositor()
    this.#choice = null
    const mine: Size = { width: canvas.width, height: canvas.height }
    this.#canvas = mine
    this.#listRevision = -1
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
    if (!this.#scene || !this.#canvas || !this.#designed || !this.#choice) return null
    const startMs = this.clock.monotonicMs()
    this.store.setTime(stamp.timestampUs, stamp.durationUs)
    if (this.#listRevision !== this.store.revision) this.#makeList(this.#scene, this.#designed, this.#canvas)
    const frame = await this.#draw(this.#choice.best, this.#canvas, this.#scene.background, stamp)
    this.composeMs += (this.clock.monotonicMs() - startMs - this.composeMs) * 0.05
    return frame
  }

  close(): void {
    this.#closeCompositor()
  }

  async #draw(name: CompositorName, canvas: Size, background: string, stamp: Stamp): Promise<VideoFrame | null> {
    try {
      this.#compositor ??= COMPOSITORS[name](canvas)
      await this.#compositor.draw(this.#list, background, this.store.pictures)
      return this.#compositor.frame(stamp)
    } catch (error) {
      this.#trouble = error instanceof Error ? error.message : String(error)
      this.#closeCompositor()
      // A GPU that is lost may not come back. The 2D canvas does without, and its frames have the same colour.
      if (name === 'webgl') this.#choice = { best: '2d', reason: `webgl failed: ${this.#trouble}` }
      return null
    }
  }

  #makeList(scene: Scene, designed: Size, canvas: Size): void {
    this.#listRevision = this.store.revision
    const { pictures } = this.store
    const list = drawList(fitScene(scene, designed, canvas), (sourceId) => pictures.get(sourceId) ?? null, 0)
    this.#list = visibleOnly(list, (sourceId) => pictures.get(sourceId)?.opaque === true, canvas)
  }

  #closeCompositor(): void {
    this.#compositor?.close()
    this.#compositor = null
  }
}
