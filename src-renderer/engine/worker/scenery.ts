import type { EngineClock } from '../clock.ts'
import type { StageChange } from '../stage/stage-change.ts'
import { OnSecondCanvas } from '../stage/second-stage.ts'
import { Stage } from '../stage/stage.ts'
import { addedBy, AssetPictures, loadAsset } from './asset-pictures.ts'
import type { Composing, Director } from './composing.ts'
import type { PictureStore } from './picture-store.ts'
import { ProgramDirector, type Stingers } from './program-director.ts'
import { ScenePictures } from './scene-pictures.ts'

/** The show's scenes and everything that is made for showing them, besides its sources' pictures. */
export class Scenery {
  readonly stage = new Stage()
  readonly second = new OnSecondCanvas(this.stage)
  readonly scenes: ScenePictures
  readonly #assets: AssetPictures
  readonly #director: ProgramDirector
  /** Of those who show the program on the second canvas now. */
  readonly #seconds = new Set<ProgramDirector>()

  constructor(
    private readonly store: PictureStore,
    private readonly clock: EngineClock,
    composing: Composing,
    private readonly stingers: Stingers & { follow(assetIds: ReadonlySet<string>): void; close(): void },
    /** Where assets are, ending with a slash. */
    assetBase: string,
  ) {
    this.scenes = new ScenePictures(this.stage, store, () => composing.best)
    this.#assets = new AssetPictures(store, clock, (assetId) => loadAsset(assetBase, assetId))
    this.#director = new ProgramDirector(this.stage, store, clock, (compose, canvas) => this.scenes.composed(compose, canvas), stingers)
    composing.direct(this.#director)
  }

  apply(change: StageChange): void {
    this.stage.apply(change)
    if (change.sources || change.designed) this.scenes.follow()
    if (change.scenes || change.order || change.look) {
      this.#assets.follow(addedBy(this.stage.scenes, this.stage.look.watermarks))
      this.stingers.follow(this.stage.stingerAssets())
    }
    this.#director.changed()
    for (const second of this.#seconds) second.changed()
  }

  /** What is on air, on the second canvas, with the same transitions; until it is closed. */
  openSecond(): Director & { close(): void } {
    const director = new ProgramDirector(this.second, this.store, this.clock, (compose, canvas) => this.scenes.composed(compose, canvas), this.stingers)
    this.#seconds.add(director)
    director.changed()
    return {
      get ready() {
        return director.ready
      },
      drawing: (stamp, canvas) => director.drawing(stamp, canvas),
      close: () => {
        if (this.#seconds.delete(director)) director.close()
      },
    }
  }

  /** Now and then: gives back what nobody looks at. */
  rest(): void {
    this.scenes.rest()
  }

  close(): void {
    this.#director.close()
    for (const second of this.#seconds) second.close()
    this.#seconds.clear()
    this.stingers.close()
  }
}
