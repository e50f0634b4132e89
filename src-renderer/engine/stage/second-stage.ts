import { layoutOn } from '@shared/domain/layouts/on-canvas.ts'
import { type LaidOutItem, type LaidOutScene, laidOut } from '@shared/domain/layouts/laid-out.ts'
import type { Layout } from '@shared/domain/layout.ts'
import type { Scene } from '@shared/domain/scene.ts'
import type { Transition } from '@shared/domain/transition.ts'
import { fitScene, type Size } from '../draw-list.ts'
import type { Stage } from './stage.ts'
import type { StageLook } from './stage-change.ts'

/** What a director has to know of the stage that it shows. */
export interface DirectedStage {
  readonly onAirId: string
  readonly look: StageLook
  /** Another object once the scene has changed. */
  scene(sceneId: string): Scene | null
  revisionOf(sceneId: string): number
  resolve(sceneId: string, canvas: Size, withWatermarks: boolean): LaidOutScene | null
  watermarks(canvas: Size): LaidOutItem[]
  transitionTo(sceneId: string): Transition
}

/**
 * The same show as it is on its second canvas: every scene has that canvas' layout instead of its own, and what is placed by
 * hand is scaled evenly into it. Without a second canvas it has no scenes.
 */
export class OnSecondCanvas implements DirectedStage {
  readonly #scenes = new WeakMap<Scene, { layout: Layout; scene: Scene }>()
  #onAir = { sceneId: '', revision: 0, count: 0 }

  constructor(private readonly stage: Stage) {}

  get onAirId(): string {
    return this.stage.onAirId
  }

  get look(): StageLook {
    return this.stage.look
  }

  scene(sceneId: string): Scene | null {
    const from = this.stage.scene(sceneId)
    const layout = this.stage.second?.layout
    if (!from || !layout) return null
    const known = this.#scenes.get(from)
    if (known?.layout === layout) return known.scene
    const scene = { ...from, layout }
    this.#scenes.set(from, { layout, scene })
    return scene
  }

  revisionOf(sceneId: string): number {
    return this.stage.second ? this.stage.revisionOf(sceneId) : 0
  }

  resolve(sceneId: string, canvas: Size, withWatermarks: boolean): LaidOutScene | null {
    const { designed, second, sources } = this.stage
    const scene = this.stage.scene(sceneId)
    if (!scene || !designed || !second) return null
    // While it is coded its size stays as it was, whatever is set meanwhile.
    const layout = layoutOn(second.layout, second.encoding, canvas)
    const resolved = laidOut({ ...fitScene(scene, designed, canvas), layout }, sources, canvas)
    const inFront = withWatermarks ? this.watermarks(canvas) : []
    return inFront.length > 0 ? { ...resolved, items: [...resolved.items, ...inFront] } : resolved
  }

  watermarks(canvas: Size): LaidOutItem[] {
    return this.stage.watermarks(canvas)
  }

  transitionTo(sceneId: string): Transition {
    return this.stage.transitionTo(sceneId)
  }

  /** Rises when the scene on air looks different, or is another one; 0 = there is none. */
  onAirRevision(): number {
    const sceneId = this.onAirId
    const revision = this.revisionOf(sceneId)
    if (revision === 0) return 0
    const before = this.#onAir
    if (before.sceneId !== sceneId || before.revision !== revision) this.#onAir = { sceneId, revision, count: before.count + 1 }
    return this.#onAir.count
  }

  /** The scene on air as it is on the second canvas, shown at this size. */
  onAir(size: Size): LaidOutScene | null {
    const canvas = this.stage.second?.encoding
    const scene = canvas ? this.resolve(this.onAirId, canvas, true) : null
    return canvas && scene ? fitScene(scene, canvas, size) : null
  }
}
