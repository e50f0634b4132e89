import type { Scene } from '@shared/domain/scene.ts'
import type { Transition } from '@shared/domain/transition.ts'
import type { EngineClock } from '../clock.ts'
import type { Stamp } from '../compositor/compositor.ts'
import { drawList, type Size } from '../draw-list.ts'
import { ColourPicture } from '../pictures/colour-picture.ts'
import type { Picture } from '../pictures/picture.ts'
import type { ScenePicture } from '../pictures/scene-picture.ts'
import type { DirectedStage } from '../stage/second-stage.ts'
import { COLOUR, DEFAULT_COLOUR, FROM, STINGER, TO, transitionList, transitionMs } from '../stage/transition-list.ts'
import type { Director } from './composing.ts'
import { MovingScene } from './moving-scene.ts'
import { composedOf, type Drawing, type Pictures, seen } from './scene-list.ts'

/** The video of a stinger, as far as a transition needs it. */
export interface StingerPlay {
  /** What it shows; null before its first picture is there. */
  readonly picture: Picture | null
  /** Goes on to what it shows this long after its beginning. */
  seek(elapsedMs: number): void
  close(): void
}

export interface Stingers {
  /** ms; 0 while it is not loaded. */
  lengthMs(assetId: string): number
  play(assetId: string): StingerPlay | null
}

interface Passing {
  transition: Transition
  startUs: number
  lengthMs: number
  from: ScenePicture
  to: ScenePicture
  /** The scene that is come to, as it is composed for the passage. */
  coming: MovingScene
  stinger: StingerPlay | null
  pictures: Map<string, Picture>
}

/**
 * What the program shows: the scene on air as it is, most of the time; for a while the passage from one scene to the next,
 * or from one layout to the next, also both at once. `changed` is to be called when the stage has changed, so that both start with the change.
 */
export class ProgramDirector implements Director {
  #canvas: Size | null = null
  #sceneId = ''
  /** The scene on air as saved, for telling a change of layout from a hand's. */
  #scene: Scene | null = null
  #shown: MovingScene | null = null
  #passing: Passing | null = null
  /** The moment that is being drawn. */
  #atUs = 0

  constructor(
    private readonly stage: DirectedStage,
    private readonly store: Pictures,
    private readonly clock: EngineClock,
    private readonly picture: (compose: () => Drawing, canvas: Size) => ScenePicture,
    private readonly stingers: Stingers,
  ) {}

  /** Whether a transition or an animated layout is under way. */
  get moving(): boolean {
    return this.#passing !== null || this.#shown?.moving === true
  }

  get ready(): boolean {
    return this.#scene !== null
  }

  changed(): void {
    const { onAirId } = this.stage
    const before = this.#scene
    this.#scene = this.stage.scene(onAirId)
    if (onAirId === this.#sceneId) {
      const seenNow = this.#passing?.coming ?? this.#shown
      if (before && this.#scene && before !== this.#scene) seenNow?.changed(before, this.#scene, this.clock.wallUs())
      return
    }
    const [left, leaving] = [this.#sceneId, this.#shown]
    this.#sceneId = onAirId
    this.#shown = null
    this.#endPassing()
    if (left !== '' && this.#canvas && this.stage.look.media !== 'sound') this.#pass(left, leaving, onAirId, this.#canvas)
  }

  drawing({ timestampUs }: Stamp, canvas: Size): Drawing | null {
    if (canvas !== this.#canvas) this.#start(canvas)
    this.#atUs = timestampUs
    if (this.stage.look.media === 'sound') return BLACK
    if (this.#passing) {
      const elapsedMs = Math.max(0, timestampUs - this.#passing.startUs) / 1000
      if (elapsedMs < this.#passing.lengthMs) return this.#between(this.#passing, elapsedMs, canvas)
      this.#shown = this.#moving(this.#sceneId, canvas, true)
      this.#shown.goOnFrom(this.#passing.coming, this.#watermarkIds(canvas))
      this.#endPassing()
    }
    if (!this.#scene) return null
    this.#shown ??= this.#moving(this.#sceneId, canvas, true)
    return this.#shown.drawing(timestampUs)
  }

  close(): void {
    this.#endPassing()
  }

  #start(canvas: Size): void {
    this.#canvas = canvas
    this.#shown = null
    this.#endPassing()
  }

  #moving(sceneId: string, canvas: Size, withWatermarks: boolean): MovingScene {
    const { stage } = this
    const giver = { revision: () => stage.revisionOf(sceneId), resolve: () => stage.resolve(sceneId, canvas, withWatermarks) }
    return new MovingScene(this.store, giver, canvas, () => stage.look.layoutAnimationMs ?? 0)
  }

  #watermarkIds(canvas: Size): ReadonlySet<string> {
    return new Set(this.stage.watermarks(canvas).map(({ id }) => id))
  }

  #pass(fromId: string, leaving: MovingScene | null, toId: string, canvas: Size): void {
    const transition = this.stage.transitionTo(toId)
    const assetId = transition.kind === 'stinger' ? (transition.assetId ?? '') : ''
    const lengthMs = transitionMs(transition, assetId === '' ? 0 : this.stingers.lengthMs(assetId))
    if (lengthMs <= 0 || !this.stage.scene(fromId)) return
    const going = this.#moving(fromId, canvas, false)
    if (leaving) going.goOnFrom(leaving, this.#watermarkIds(canvas))
    const coming = this.#moving(toId, canvas, false)
    const from = this.picture(() => going.drawing(this.#atUs), canvas)
    const to = this.picture(() => coming.drawing(this.#atUs), canvas)
    const colour = new ColourPicture(transition.colour ?? DEFAULT_COLOUR)
    const pictures = new Map<string, Picture>([[FROM, from], [TO, to], [COLOUR, colour]])
    this.#passing = { transition, startUs: this.clock.wallUs(), lengthMs, from, to, coming, stinger: assetId === '' ? null : this.stingers.play(assetId), pictures }
  }

  #between({ transition, stinger, pictures }: Passing, elapsedMs: number, canvas: Size): Drawing {
    stinger?.seek(elapsedMs)
    if (stinger?.picture) pictures.set(STINGER, stinger.picture)
    const list = transitionList(transition, elapsedMs, canvas, stinger?.picture ?? null)
    const inFront = this.stage.watermarks(canvas)
    if (inFront.length > 0) {
      for (const { sourceId } of inFront) {
        const picture = this.store.pictures.get(sourceId)
        if (picture) pictures.set(sourceId, picture)
        else pictures.delete(sourceId)
      }
      list.push(...drawList({ id: '', name: '', background: '#000000', items: inFront }, (sourceId) => pictures.get(sourceId) ?? null, 0))
    }
    const visible = seen(list, pictures, canvas)
    return { list: visible, background: '#000000', pictures, composed: composedOf(visible, pictures) }
  }

  #endPassing(): void {
    this.#passing?.from.close()
    this.#passing?.to.close()
    this.#passing?.stinger?.close()
    this.#passing = null
  }
}

/** A program of sound alone. */
const BLACK: Drawing = { list: [], background: '#000000', pictures: new Map(), composed: [] }
