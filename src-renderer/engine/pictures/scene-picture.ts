import type { Compositor } from '../compositor/compositor.ts'
import type { Planes } from '../compositor/planes.ts'
import type { DrawCommand, Size } from '../draw-list.ts'
import type { Picture } from './picture.ts'

/** What such a picture shows; `Drawing` of the worker, as this needs it. */
export interface Composition {
  readonly list: readonly DrawCommand[]
  readonly background: string
  readonly pictures: ReadonlyMap<string, Picture>
  readonly composed: readonly Picture[]
}

/**
 * A scene as a picture: nested in another one, on either side of a transition, or in a view. Composed when somebody
 * refreshes it and something in it has changed; a still scene costs a comparison. Whoever refreshes has the turn.
 */
export class ScenePicture implements Picture {
  readonly opaque = true
  readonly width: number
  readonly height: number
  #version = 1
  #compositor: Compositor | null = null
  #busy = false
  /** What was last drawn: the list, and the picture and the version of each of its commands. */
  #list: readonly DrawCommand[] | null = null
  #background = ''
  readonly #drawn: { picture: Picture | undefined; version: number }[] = []
  #idleRounds = 0

  constructor(
    size: Size,
    private readonly compose: () => Composition,
    /** Made anew when it should be another than it is. */
    private readonly compositors: { best(): Compositor['name']; make(size: Size): Compositor },
  ) {
    this.width = size.width
    this.height = size.height
  }

  get version(): number {
    return this.#version
  }

  get readable(): boolean {
    return this.#compositor?.name === 'planes'
  }

  async refresh(): Promise<void> {
    // A scene that shows itself, through others: it is drawn as it last was.
    if (this.#busy) return
    this.#busy = true
    this.#idleRounds = 0
    try {
      if (this.#compositor && this.#compositor.name !== this.compositors.best()) this.release()
      this.#compositor ??= this.compositors.make(this)
      const composition = this.compose()
      for (const picture of composition.composed) await picture.refresh?.()
      if (!this.#changed(composition)) return
      await this.#compositor?.draw(composition.list, composition.background, composition.pictures)
      this.#version++
    } catch {
      // Tried again from the beginning when next looked at; one scene must not stop the others.
      this.release()
    } finally {
      this.#busy = false
    }
  }

  drawable(): OffscreenCanvas {
    const surface = this.#compositor?.surface
    if (!(surface instanceof OffscreenCanvas)) throw new Error('this scene is not on a canvas')
    return surface
  }

  async planes(): Promise<Planes> {
    const surface = this.#compositor?.surface
    if (!surface || !('chromaWidth' in surface)) throw new Error('this scene is not in planes')
    return surface
  }

  /** What it looks like now, for painting: null before it was refreshed. */
  get surface(): Planes | OffscreenCanvas | null {
    return this.#compositor?.surface ?? null
  }

  /** Called now and then: after `rounds` calls without anybody looking, its memory is given back. */
  rest(rounds: number): void {
    if (++this.#idleRounds >= rounds && this.#compositor && !this.#busy) this.release()
  }

  /** Gives its memory back; it is drawn again when next refreshed. */
  release(): void {
    this.#compositor?.close()
    this.#compositor = null
    this.#list = null
    this.#drawn.length = 0
  }

  close(): void {
    this.release()
  }

  #changed({ list, background, pictures }: Composition): boolean {
    let changed = list !== this.#list || background !== this.#background
    this.#list = list
    this.#background = background
    this.#drawn.length = list.length
    for (let index = 0; index < list.length; index++) {
      const picture = pictures.get(list[index]?.sourceId ?? '')
      const version = picture?.version ?? 0
      const last = this.#drawn[index]
      if (last && last.picture === picture && last.version === version) continue
      changed = true
      if (last) [last.picture, last.version] = [picture, version]
      else this.#drawn[index] = { picture, version }
    }
    return changed
  }
}
