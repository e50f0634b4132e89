import type { Encoding } from '@shared/domain/encoding.ts'
import type { LaidOutItem, LaidOutScene } from '@shared/domain/layouts/laid-out.ts'
import { watermarks } from '@shared/domain/layouts/watermark-items.ts'
import type { Scene } from '@shared/domain/scene.ts'
import type { Source } from '@shared/domain/source.ts'
import { DEFAULT_TRANSITION, type Transition } from '@shared/domain/transition.ts'
import { fitScene, type Size } from '../draw-list.ts'
import { resolveScene } from './draw-scene.ts'
import type { SecondStage, StageChange, StageLook } from './stage-change.ts'

/** The show's scenes as the worker knows them. Holds no pictures. */
export class Stage {
  designed: Encoding | null = null
  sources: readonly Source[] = []
  order: readonly string[] = []
  onAirId = ''
  previewId: string | null = null
  look: StageLook = {}
  second: SecondStage | null = null
  readonly #scenes = new Map<string, Scene>()
  /** When each scene, and what all of them depend on, was last changed. */
  readonly #changed = new Map<string, number>()
  #commonChanged = 0
  #changes = 0

  apply(change: StageChange): void {
    this.#changes++
    if (change.designed) this.designed = change.designed
    if (change.sources) this.sources = change.sources
    if (change.look) this.look = change.look
    if (change.second !== undefined) this.second = change.second
    if (change.designed || change.sources || change.look || change.second !== undefined) this.#commonChanged = this.#changes
    for (const scene of change.scenes ?? []) {
      this.#scenes.set(scene.id, scene)
      this.#changed.set(scene.id, this.#changes)
    }
    if (change.order) this.#keep(change.order)
    if (change.onAirId !== undefined) this.onAirId = change.onAirId
    if (change.previewId !== undefined) this.previewId = change.previewId
  }

  scene(sceneId: string): Scene | null {
    return this.#scenes.get(sceneId) ?? null
  }

  /** Rises when the scene looks different; 0 = there is none. */
  revisionOf(sceneId: string): number {
    const own = this.#changed.get(sceneId)
    return own === undefined ? 0 : Math.max(own, this.#commonChanged)
  }

  /** The scene where it is to be drawn, with the watermarks in front if asked for; null when there is none. */
  resolve(sceneId: string, canvas: Size, withWatermarks: boolean): LaidOutScene | null {
    const scene = this.#scenes.get(sceneId)
    if (!scene || !this.designed) return null
    const resolved = resolveScene(scene, this.sources, this.designed, canvas)
    const inFront = withWatermarks ? this.watermarks(canvas) : []
    return inFront.length > 0 ? { ...resolved, items: [...resolved.items, ...inFront] } : resolved
  }

  /** The scene as it is on its own canvas with the watermarks, shown at this size. */
  thumbnail(sceneId: string, size: Size): LaidOutScene | null {
    if (!this.designed) return null
    const scene = this.resolve(sceneId, this.designed, true)
    return scene && fitScene(scene, this.designed, size)
  }

  get scenes(): IterableIterator<Scene> {
    return this.#scenes.values()
  }

  watermarks(canvas: Size): LaidOutItem[] {
    return this.designed && this.look.watermarks ? watermarks({ watermarks: this.look.watermarks, encoding: this.designed }, canvas) : []
  }

  /** How a scene is come to. */
  transitionTo(sceneId: string): Transition {
    return this.#scenes.get(sceneId)?.transition ?? this.look.transition ?? DEFAULT_TRANSITION
  }

  /** The videos of all stingers that may come. */
  stingerAssets(): ReadonlySet<string> {
    const transitions = [this.look.transition, ...[...this.scenes].map((scene) => scene.transition)]
    return new Set(transitions.flatMap((each) => (each?.kind === 'stinger' && each.assetId ? [each.assetId] : [])))
  }

  #keep(order: readonly string[]): void {
    this.order = order
    const kept = new Set(order)
    for (const id of this.#scenes.keys()) if (!kept.has(id)) this.#scenes.delete(id)
    for (const id of this.#changed.keys()) if (!kept.has(id)) this.#changed.delete(id)
  }
}
