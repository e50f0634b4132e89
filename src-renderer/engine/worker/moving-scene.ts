import type { Scene } from '@shared/domain/scene.ts'
import type { DrawCommand, Size } from '../draw-list.ts'
import { easeInOut, layoutChanged, movedByHand, tweenList } from '../stage/tween-list.ts'
import { composedOf, type Drawing, type Pictures, SceneList, type SceneGiver, seen } from './scene-list.ts'

interface Tween {
  from: readonly DrawCommand[]
  startUs: number
  /** Whoever is moved by hand meanwhile follows the hand. */
  atOnce: ReadonlySet<string>
}

/** A scene as it stands, most of the time; for a while on its way from one layout to the next. */
export class MovingScene {
  readonly #shown: SceneList
  /** What was drawn last, also in the midst of a tween; null before the first time. */
  #list: readonly DrawCommand[] | null = null
  #tween: Tween | null = null

  constructor(
    private readonly store: Pictures,
    giver: SceneGiver,
    private readonly canvas: Size,
    /** How long going to another layout takes, ms; 0 = no time. */
    private readonly lengthMs: () => number,
  ) {
    this.#shown = new SceneList(store, giver, canvas)
  }

  get moving(): boolean {
    return this.#tween !== null
  }

  /** To be called when the scene as saved has changed, so that the move begins with the change. */
  changed(before: Scene, after: Scene, atUs: number): void {
    if (!this.#list) return
    if (this.lengthMs() > 0 && layoutChanged(before, after)) this.#tween = { from: this.#list, startUs: atUs, atOnce: new Set() }
    else if (this.#tween) this.#tween = { ...this.#tween, atOnce: both(this.#tween.atOnce, movedByHand(before, after)) }
  }

  /** Goes on with the move that another picture of the same scene is in. `notIn`: items that only one of the two has. */
  goOnFrom(other: MovingScene, notIn: ReadonlySet<string>): void {
    const tween = other.#tween
    this.#tween = tween && { ...tween, from: tween.from.filter(({ itemId }) => !notIn.has(itemId)), atOnce: both(tween.atOnce, notIn) }
  }

  /** The same object as the last time while it stands still. */
  drawing(atUs: number): Drawing {
    const shown = this.#shown.update()
    const part = this.#tween ? (atUs - this.#tween.startUs) / 1000 / (this.lengthMs() || 1) : 1
    if (!this.#tween || part >= 1) {
      this.#tween = null
      this.#list = shown.full
      return shown
    }
    this.#list = tweenList(this.#tween.from, shown.full, easeInOut(Math.max(0, part)), this.#tween.atOnce)
    const list = seen(this.#list, this.store.pictures, this.canvas)
    return { list, background: shown.background, pictures: shown.pictures, composed: composedOf(list, shown.pictures) }
  }
}

const both = (a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> => new Set([...a, ...b])
