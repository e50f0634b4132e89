import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { NO_CROP, type Scene, type SceneItem } from '@shared/domain/scene.ts'
import type { Source } from '@shared/domain/source.ts'
import { CompositorPlanes } from '../compositor/compositor-planes.ts'
import type { Planes } from '../compositor/planes.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import type { Picture } from '../pictures/picture.ts'
import type { StageChange } from '../stage/stage-change.ts'
import { Stage } from '../stage/stage.ts'
import { PictureStore } from './picture-store.ts'
import { ProgramDirector, type Stingers } from './program-director.ts'
import { ScenePictures } from './scene-pictures.ts'

export const CANVAS = { width: 64, height: 32 }

export const item = (sourceId: string, change: Partial<SceneItem> = {}): SceneItem => ({
  id: `item-${sourceId}`, sourceId, x: 0, y: 0, ...CANVAS, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'stretch', crop: NO_CROP, ...change,
})
export const scene = (id: string, items: SceneItem[], change: Partial<Scene> = {}): Scene => ({ id, name: id, background: '#000000', items, ...change })
export const nested = (id: string, sceneId: string): Source => ({ id, name: id, kind: 'scene', sceneId })

/** A stage with its director, drawn in planes: what the worker does, without encoders and without a browser. */
export class DirectorRig {
  readonly clock = new FakeEngineClock()
  readonly stage = new Stage()
  readonly store = new PictureStore({ onSize() {}, onFeedEnded() {} })
  readonly scenes = new ScenePictures(this.stage, this.store, () => 'planes')
  readonly director: ProgramDirector
  readonly compositor = new CompositorPlanes(CANVAS)
  /** How many items the last drawing had. */
  commands = 0

  constructor(stingers: Stingers = { lengthMs: () => 0, play: () => null }) {
    this.director = new ProgramDirector(this.stage, this.store, this.clock, (compose, canvas) => this.scenes.composed(compose, canvas), stingers)
  }

  show(pictures: Record<string, Picture>): this {
    for (const [id, picture] of Object.entries(pictures)) this.store.set(id, picture)
    return this
  }

  apply(change: StageChange): void {
    this.stage.apply({ ...change, ...(change.scenes && !change.order && { order: [...new Set([...this.stage.order, ...change.scenes.map((each) => each.id)])] }) })
    this.scenes.follow()
    this.director.changed()
  }

  start(scenes: Scene[], change: StageChange = {}): void {
    this.apply({ designed: { ...DEFAULT_ENCODING, ...CANVAS }, sources: [], scenes, onAirId: scenes[0]?.id ?? '', look: {}, ...change })
  }

  /** The program's picture now. */
  async draw(): Promise<Planes> {
    const drawing = this.director.drawing({ timestampUs: this.clock.wallUs(), durationUs: 33_333 }, CANVAS)
    if (!drawing) throw new Error('nothing to draw')
    for (const picture of drawing.composed) await picture.refresh?.()
    this.commands = drawing.list.length
    await this.compositor.draw(drawing.list, drawing.background, drawing.pictures)
    return this.compositor.canvas
  }
}
