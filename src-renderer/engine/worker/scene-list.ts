import type { LaidOutScene } from '@shared/domain/layouts/laid-out.ts'
import { type DrawCommand, type Size, visibleOnly } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import { drawScene } from '../stage/draw-scene.ts'
import type { PictureStore } from './picture-store.ts'

export type Pictures = Pick<PictureStore, 'pictures' | 'revision' | 'isAway'>

/** What is to be drawn now. Objects are kept: the same list means that nothing but pixels has changed. */
export interface Drawing {
  readonly list: readonly DrawCommand[]
  readonly background: string
  readonly pictures: ReadonlyMap<string, Picture>
  /** Those of its pictures that are composed themselves, to be refreshed before. */
  readonly composed: readonly Picture[]
}

/** A scene, ready to be drawn; it is asked for again when its revision has risen. */
export interface SceneGiver {
  /** 0 = there is none. */
  revision(): number
  resolve(): LaidOutScene | null
}

/** The draw list of one scene on one canvas, kept until the scene or a picture's size changes. */
export class SceneList implements Drawing {
  /** Everything that has a picture, also what cannot be seen. */
  full: readonly DrawCommand[] = []
  list: readonly DrawCommand[] = []
  background = '#000000'
  composed: readonly Picture[] = []
  #sceneRevision = 0
  #storeRevision = -1
  #scene: LaidOutScene | null = null

  constructor(
    private readonly store: Pictures,
    private readonly giver: SceneGiver,
    private readonly canvas: Size,
  ) {}

  get pictures(): ReadonlyMap<string, Picture> {
    return this.store.pictures
  }

  /** Brings it up to date. A scene that is gone stays as it was last. */
  update(): this {
    const revision = this.giver.revision()
    if (revision === this.#sceneRevision && this.store.revision === this.#storeRevision) return this
    if (revision !== this.#sceneRevision && revision !== 0) this.#scene = this.giver.resolve()
    this.#sceneRevision = revision
    this.#storeRevision = this.store.revision
    if (!this.#scene) return this
    this.background = this.#scene.background
    this.full = drawScene(this.#scene, (sourceId) => this.pictures.get(sourceId) ?? null, (sourceId) => this.store.isAway(sourceId))
    this.list = seen(this.full, this.pictures, this.canvas)
    this.composed = composedOf(this.list, this.pictures)
    return this
  }
}

export const seen = (list: readonly DrawCommand[], pictures: ReadonlyMap<string, Picture>, canvas: Size): DrawCommand[] =>
  visibleOnly(list, (sourceId) => pictures.get(sourceId)?.opaque === true, canvas)

const NONE: readonly Picture[] = []

export function composedOf(list: readonly DrawCommand[], pictures: ReadonlyMap<string, Picture>): readonly Picture[] {
  const found = new Set<Picture>()
  for (const { sourceId } of list) {
    const picture = pictures.get(sourceId)
    if (picture?.refresh) found.add(picture)
  }
  return found.size > 0 ? [...found] : NONE
}
