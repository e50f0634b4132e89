import type { LaidOutScene } from '@shared/domain/layouts/laid-out.ts'
import type { Scene } from '@shared/domain/scene.ts'
import type { Transition } from '@shared/domain/transition.ts'
import type { EngineClock } from '../clock.ts'
import type { Stamp } from '../compositor/compositor.ts'
import { type DrawCommand, drawList, type Size } from '../draw-list.ts'
import { ColourPicture } from '../pictures/colour-picture.ts'
import type { Picture } from '../pictures/picture.ts'
import type { ScenePicture } from '../pictures/scene-picture.ts'
import type { DirectedStage } from '../stage/second-stage.ts'
import { COLOUR, DEFAULT_COLOUR, FROM, STINGER, TO, transitionList, transitionMs } from '../stage/transition-list.ts'
import { easeInOut, layoutChanged, movedByHand, tweenList } from '../stage/tween-list.ts'
import type { Director } from './composing.ts'
import { composedOf, type Drawing, type Pictures, SceneList, seen } from './scene-list.ts'

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
  stinger: StingerPlay | null
  pictures: Map<string, Picture>
}

interface Tween {
  from: readonly DrawCommand[]
  startUs: number
  /** Whoever is moved by hand meanwhile follows the hand. */
  atOnce: Set<string>
}

/**
 * What the program shows: the scene on air as it is, most of the time; for a while the passage from one scene to the next,
 * or from one layout to the next. `changed` is to be called when the stage has changed, so that both start with the change.
 */
export class ProgramDirector implements Director {
  #canvas: Size | null = null
  #sceneId = ''
  /** The scene on air as saved, for telling a change of layout from a hand's. */
  #scene: Scene | null = null
  #shown: SceneList | null = null
  /** What was drawn last, also in the midst of a tween. */
  #list: readonly DrawCommand[] = []
  #passing: Passing | null = null
  #tween: Tween | null = null

  constructor(
    private readonly stage: DirectedStage,
    private readonly store: Pictures,
    private readonly clock: EngineClock,
    private readonly picture: (sceneId: string, canvas: Size) => ScenePicture,
    private readonly stingers: Stingers,
  ) {}

  /** Whether a transition or an animated layout is under way. */
  get moving(): boolean {
    return this.#passing !== null || this.#tween !== null
  }

  get ready(): boolean {
    return this.#scene !== null
  }

  changed(): void {
    const { onAirId } = this.stage
    const before = this.#scene
    this.#scene = this.stage.scene(onAirId)
    if (onAirId === this.#sceneId) return this.#sceneChanged(before, this.#scene)
    const left = this.#sceneId
    this.#sceneId = onAirId
    this.#shown = null
    this.#tween = null
    this.#endPassing()
    if (left !== '' && this.#canvas && this.stage.look.media !== 'sound') this.#pass(left, onAirId, this.#canvas)
  }

  drawing({ timestampUs }: Stamp, canvas: Size): Drawing | null {
    if (canvas !== this.#canvas) this.#start(canvas)
    if (this.stage.look.media === 'sound') return BLACK
    if (this.#passing) {
      const elapsedMs = Math.max(0, timestampUs - this.#passing.startUs) / 1000
      if (elapsedMs < this.#passing.lengthMs) return this.#between(this.#passing, elapsedMs, canvas)
      this.#endPassing()
    }
    if (!this.#scene) return null
    this.#shown ??= new SceneList(this.store, this.#giver(canvas), canvas)
    const shown = this.#shown.update()
    this.#list = shown.full
    return this.#tween ? this.#tweened(shown, this.#tween, timestampUs, canvas) : shown
  }

  close(): void {
    this.#endPassing()
  }

  #start(canvas: Size): void {
    this.#canvas = canvas
    this.#shown = null
    this.#tween = null
    this.#endPassing()
  }

  #giver(canvas: Size) {
    const { stage } = this
    const sceneId = this.#sceneId
    return { revision: () => stage.revisionOf(sceneId), resolve: (): LaidOutScene | null => stage.resolve(sceneId, canvas, true) }
  }

  #sceneChanged(before: Scene | null, after: Scene | null): void {
    if (!before || !after || before === after || !this.#shown || this.#passing) return
    if ((this.stage.look.layoutAnimationMs ?? 0) > 0 && layoutChanged(before, after)) {
      this.#tween = { from: this.#list, startUs: this.clock.wallUs(), atOnce: new Set() }
      return
    }
    if (this.#tween) for (const itemId of movedByHand(before, after)) this.#tween.atOnce.add(itemId)
  }

  #tweened(shown: SceneList, tween: Tween, timestampUs: number, canvas: Size): Drawing {
    const part = (timestampUs - tween.startUs) / 1000 / (this.stage.look.layoutAnimationMs || 1)
    if (part >= 1) {
      this.#tween = null
      return shown
    }
    this.#list = tweenList(tween.from, shown.full, easeInOut(Math.max(0, part)), tween.atOnce)
    const list = seen(this.#list, shown.pictures, canvas)
    return { list, background: shown.background, pictures: shown.pictures, composed: composedOf(list, shown.pictures) }
  }

  #pass(fromId: string, toId: string, canvas: Size): void {
    const transition = this.stage.transitionTo(toId)
    const assetId = transition.kind === 'stinger' ? (transition.assetId ?? '') : ''
    const lengthMs = transitionMs(transition, assetId === '' ? 0 : this.stingers.lengthMs(assetId))
    if (lengthMs <= 0 || !this.stage.scene(fromId)) return
    const from = this.picture(fromId, canvas)
    const to = this.picture(toId, canvas)
    const colour = new ColourPicture(transition.colour ?? DEFAULT_COLOUR)
    const pictures = new Map<string, Picture>([[FROM, from], [TO, to], [COLOUR, colour]])
    this.#passing = { transition, startUs: this.clock.wallUs(), lengthMs, from, to, stinger: assetId === '' ? null : this.stingers.play(assetId), pictures }
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
