import type { Scene } from '@shared/domain/scene.ts'
import type { EngineClock } from '../clock.ts'
import { CompositorPlanes } from '../compositor/compositor-planes.ts'
import type { Compositor, CompositorName, Stamp } from '../compositor/compositor.ts'
import { COMPOSITORS, type CompositorChoice, measureCompositors, pickCompositor } from '../compositor/choose-compositor.ts'
import type { Planes } from '../compositor/planes.ts'
import { type DrawCommand, drawList, fitScene, type Size, visibleOnly } from '../draw-list.ts'
import type { PictureStore } from './picture-store.ts'

/** The scene, composed: keeps the draw list until something changes, and the compositor until it cannot draw a scene. */
export class Composing {
  #scene: Scene | null = null
  #designed: Size | null = null
  #canvas: Size | null = null
  #list: DrawCommand[] = []
  #listRevision = -1
  #choice: CompositorChoice = { best: '2d', general: '2d', reason: 'not measured yet' }
  #compositors = new Map<CompositorName, Compositor>()
  /** Where the chosen compositor failed: this list is drawn by the general one, and why. */
  #refused: { list: DrawCommand[]; why: string } | null = null
  #usedLast: Compositor | null = null
  composeMs = 0

  constructor(
    private readonly store: PictureStore,
    private readonly clock: EngineClock,
    private readonly forced: CompositorName | null,
  ) {}

  get canvas(): Size | null {
    return this.#canvas
  }

  /** e.g. `planes (planes 1.2 ms, 2d 14.9 ms, webgl 31.0 ms)` */
  get description(): string {
    const name = this.#usedLast?.name ?? this.#choice.best
    const why = this.#refused ? `${this.#choice.reason}; not ${this.#choice.best}: ${this.#refused.why}` : this.#choice.reason
    return `${name} (${why})`
  }

  /** The composed picture in planes, if the last frame was made that way. */
  get planes(): Planes | null {
    return this.#usedLast instanceof CompositorPlanes ? this.#usedLast.canvas : null
  }

  setScene(scene: Scene, designed: Size): void {
    this.#scene = scene
    this.#designed = designed
    this.#listRevision = -1
  }

  /** Measures what is best for this size; until that is known the last choice draws. */
  async setCanvas(canvas: Size): Promise<void> {
    if (this.#canvas?.width === canvas.width && this.#canvas.height === canvas.height) return
    this.#closeCompositors()
    this.#canvas = { width: canvas.width, height: canvas.height }
    this.#listRevision = -1
    if (this.forced) {
      this.#choice = { best: this.forced, general: this.forced === 'planes' ? '2d' : this.forced, reason: 'as asked' }
      return
    }
    const choice = pickCompositor(await measureCompositors(canvas, this.clock.monotonicMs))
    if (this.#canvas?.width === canvas.width && this.#canvas.height === canvas.height) this.#choice = choice
  }

  /** One frame, which the caller closes; null while there is no scene. */
  async compose(stamp: Stamp): Promise<VideoFrame | null> {
    if (!this.#scene || !this.#canvas || !this.#designed) return null
    const startMs = this.clock.monotonicMs()
    this.store.setTime(stamp.timestampUs, stamp.durationUs)
    if (this.#listRevision !== this.store.revision) this.#makeList(this.#scene, this.#designed, this.#canvas)
    const frame = await this.#composeWith(this.#scene.background, stamp)
    this.composeMs += (this.clock.monotonicMs() - startMs - this.composeMs) * 0.05
    return frame
  }

  close(): void {
    this.#closeCompositors()
  }

  async #composeWith(background: string, stamp: Stamp): Promise<VideoFrame> {
    const { pictures } = this.store
    if (this.#refused?.list !== this.#list) {
      this.#refused = null
      try {
        this.#usedLast = this.#compositor(this.#choice.best)
        return await this.#usedLast.compose(this.#list, background, pictures, stamp)
      } catch (error) {
        if (this.#choice.best === this.#choice.general) this.#compositors.delete(this.#choice.best)
        this.#refused = { list: this.#list, why: error instanceof Error ? error.message : String(error) }
      }
    }
    // The 2D canvas is the last resort: it draws everything and does not depend on a GPU that may have gone.
    const general = this.#choice.best === this.#choice.general ? '2d' : this.#choice.general
    this.#usedLast = this.#compositor(general)
    return this.#usedLast.compose(this.#list, background, pictures, stamp)
  }

  #makeList(scene: Scene, designed: Size, canvas: Size): void {
    this.#listRevision = this.store.revision
    const { pictures } = this.store
    const list = drawList(fitScene(scene, designed, canvas), (sourceId) => pictures.get(sourceId) ?? null, 0)
    this.#list = visibleOnly(list, (sourceId) => pictures.get(sourceId)?.opaque === true, canvas)
  }

  #compositor(name: CompositorName): Compositor {
    if (!this.#canvas) throw new Error('no canvas size yet')
    const known = this.#compositors.get(name)
    if (known) return known
    const made = COMPOSITORS[name](this.#canvas)
    this.#compositors.set(name, made)
    return made
  }

  #closeCompositors(): void {
    for (const compositor of this.#compositors.values()) compositor.close()
    this.#compositors.clear()
    this.#usedLast = null
    this.#refused = null
  }
}
