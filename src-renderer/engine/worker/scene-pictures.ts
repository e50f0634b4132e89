import { COMPOSITORS } from '../compositor/choose-compositor.ts'
import type { CompositorName } from '../compositor/compositor.ts'
import type { Size } from '../draw-list.ts'
import { ScenePicture } from '../pictures/scene-picture.ts'
import type { Stage } from '../stage/stage.ts'
import type { PictureStore } from './picture-store.ts'
import { type Drawing, type SceneGiver, SceneList } from './scene-list.ts'

/** Called twice a second: after 3 s without a look, a scene's picture gives its memory back. */
const RESTS_UNTIL_RELEASE = 6

/** Scenes as pictures, drawn in the program's way, from the same sources. */
export class ScenePictures {
  readonly #nested = new Map<string, { picture: ScenePicture; sceneId: string }>()

  constructor(
    private readonly stage: Stage,
    private readonly store: PictureStore,
    /** How the program is composed; null until that is known. */
    private readonly best: () => CompositorName | null,
  ) {}

  /** A scene of the show as it is on a canvas of this size. The caller closes it. */
  scene(sceneId: string, size: Size, withWatermarks = false): ScenePicture {
    const { stage } = this
    return this.of({ revision: () => stage.revisionOf(sceneId), resolve: () => stage.resolve(sceneId, size, withWatermarks) }, size)
  }

  /** A scene of the show on the canvas that it is made for, scaled to this size: layouts do not depend on how large one looks. */
  thumbnail(sceneId: string, size: Size): ScenePicture {
    const { stage } = this
    return this.of({ revision: () => stage.revisionOf(sceneId), resolve: () => stage.thumbnail(sceneId, size) }, size)
  }

  of(giver: SceneGiver, size: Size): ScenePicture {
    const list = new SceneList(this.store, giver, size)
    return this.composed(() => list.update(), size)
  }

  /** Whatever is to be drawn at the moment that it is looked at. */
  composed(compose: () => Drawing, size: Size): ScenePicture {
    return new ScenePicture(size, compose, {
      // Where the program is drawn by a GPU, so are these, through 2D canvases: contexts of WebGL are few.
      best: () => ((this.best() ?? 'planes') === 'planes' ? 'planes' : '2d'),
      make: (canvas) => COMPOSITORS[(this.best() ?? 'planes') === 'planes' ? 'planes' : '2d'](canvas),
    })
  }

  /** Gives each nested scene of the show its picture, in the size of the canvas. */
  follow(): void {
    const { designed, sources } = this.stage
    if (!designed) return
    const wanted = new Map(sources.flatMap((source) => (source.kind === 'scene' ? [[source.id, source.sceneId] as const] : [])))
    for (const id of this.#nested.keys()) if (!wanted.has(id)) this.#drop(id)
    for (const [id, sceneId] of wanted) {
      const known = this.#nested.get(id)
      const { width, height } = designed
      if (known && known.sceneId === sceneId && known.picture.width === width && known.picture.height === height && this.store.pictures.get(id) === known.picture) continue
      const picture = this.scene(sceneId, { width, height })
      this.#nested.set(id, { picture, sceneId })
      this.store.set(id, picture)
    }
  }

  rest(): void {
    for (const { picture } of this.#nested.values()) picture.rest(RESTS_UNTIL_RELEASE)
  }

  #drop(sourceId: string): void {
    const known = this.#nested.get(sourceId)
    this.#nested.delete(sourceId)
    if (known && this.store.pictures.get(sourceId) === known.picture) this.store.remove(sourceId)
  }
}

