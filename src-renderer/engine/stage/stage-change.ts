import type { Encoding } from '@shared/domain/encoding.ts'
import type { Scene } from '@shared/domain/scene.ts'
import { currentScene, type SecondCanvas, type Show } from '@shared/domain/show.ts'
import type { Source } from '@shared/domain/source.ts'

/** How the show's pictures follow each other, and what is over them. */
export type StageLook = Pick<Show, 'transition' | 'layoutAnimationMs' | 'watermarks' | 'media'>

/** The second canvas, and how everybody's pictures are laid out on it. */
export type SecondStage = Pick<SecondCanvas, 'encoding' | 'layout'>

/** What of a show's pictures has changed; what is absent is as it was. Taken over as a whole, between two frames. */
export interface StageChange {
  /** The canvas that the scenes' geometry is meant for. */
  designed?: Encoding
  sources?: readonly Source[]
  /** New or changed. */
  scenes?: readonly Scene[]
  /** All there are, in order. */
  order?: readonly string[]
  onAirId?: string
  /** The scene that studio mode prepares. */
  previewId?: string | null
  look?: StageLook
  /** Null = there is none. */
  second?: SecondStage | null
}

/** Finds out what has changed since the last time, by content: stores hand over reactive objects, changed in place. */
export class StageChanges {
  /** What was last passed on, as JSON, by name. */
  readonly #said = new Map<string, string>()
  #scenes = new Map<string, string>()

  /** Null when nothing has. What it holds is a copy, free to be posted. */
  since(show: Show, previewSceneId: string | null): StageChange | null {
    const change: StageChange = {}
    const { transition, layoutAnimationMs, watermarks, media } = show
    this.#take(change, 'designed', show.encoding)
    this.#take(change, 'sources', show.sources)
    this.#take(change, 'onAirId', currentScene(show).id)
    this.#take(change, 'previewId', previewSceneId)
    this.#take(change, 'look', { transition, layoutAnimationMs, watermarks, media })
    this.#take(change, 'second', show.second?.enabled ? { encoding: show.second.encoding, layout: show.second.layout } : null)
    const order = show.scenes.map((scene) => scene.id)
    this.#take(change, 'order', order)
    const scenes = new Map<string, string>()
    const changed: Scene[] = []
    for (const scene of show.scenes) {
      const text = JSON.stringify(scene)
      if (this.#scenes.get(scene.id) !== text) changed.push(JSON.parse(text) as Scene)
      scenes.set(scene.id, text)
    }
    this.#scenes = scenes
    if (changed.length > 0) change.scenes = changed
    return Object.keys(change).length > 0 ? change : null
  }

  #take<K extends Exclude<keyof StageChange, 'scenes'>>(change: StageChange, key: K, value: NonNullable<StageChange[K]> | null): void {
    const text = JSON.stringify(value)
    if (this.#said.get(key) === text) return
    this.#said.set(key, text)
    change[key] = JSON.parse(text) as StageChange[K]
  }
}
