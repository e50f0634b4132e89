import { CUT } from '@shared/domain/transition.ts'
import type { Transition } from '@shared/domain/transition.ts'
import type { ViewTarget } from '../../engine/engine.types.ts'

/** What the actions need of the scenes, as `useSceneSwitching` and `useProjectors` give it. */
export interface SceneTarget {
  /** In their order. */
  readonly sceneIds: readonly string[]
  readonly onAirId: string
  /** Null = no studio mode. */
  readonly previewId: string | null
  choose(sceneId: string): void
  transition(once?: Transition): void
  setStudioMode(on: boolean): void
  project(target: ViewTarget): void
}

/** Something that a key, a button or a menu may do. */
export interface SceneAction {
  /** Stays the same for good: keys are kept under it. */
  id: string
  /** Of the messages. */
  titleKey: string
  possible(target: SceneTarget): boolean
  /** Does nothing while it is not possible. */
  run(target: SceneTarget): void
}

/** From what is prepared, or else from what is on air; stays at the ends. */
function step(by: -1 | 1): Pick<SceneAction, 'possible' | 'run'> {
  const next = ({ sceneIds, onAirId, previewId }: SceneTarget): string | undefined => sceneIds[sceneIds.indexOf(previewId ?? onAirId) + by]
  return whenFound(next, (target, sceneId) => target.choose(sceneId))
}

function whenFound<T>(find: (target: SceneTarget) => T | undefined, act: (target: SceneTarget, found: T) => void): Pick<SceneAction, 'possible' | 'run'> {
  return {
    possible: (target) => find(target) !== undefined,
    run(target) {
      const found = find(target)
      if (found !== undefined) act(target, found)
    },
  }
}

const prepared = ({ previewId, onAirId }: SceneTarget): string | undefined => (previewId !== null && previewId !== onAirId ? previewId : undefined)
const always = (): boolean => true

/** Everything about scenes that can be done with one key, besides going to a certain one. */
export const SCENE_ACTIONS: readonly SceneAction[] = [
  { id: 'scene:next', titleKey: 'scenes.actions.next', ...step(1) },
  { id: 'scene:previous', titleKey: 'scenes.actions.previous', ...step(-1) },
  { id: 'scene:transition', titleKey: 'scenes.actions.transition', ...whenFound(prepared, (target) => target.transition()) },
  { id: 'scene:cut', titleKey: 'scenes.actions.cut', ...whenFound(prepared, (target) => target.transition(CUT)) },
  { id: 'scene:studio-mode', titleKey: 'scenes.actions.studioMode', possible: always, run: (target) => target.setStudioMode(target.previewId === null) },
  { id: 'scene:project-program', titleKey: 'scenes.actions.projectProgram', possible: always, run: (target) => target.project({ kind: 'program' }) },
  { id: 'scene:project-multiview', titleKey: 'scenes.actions.projectMultiview', possible: always, run: (target) => target.project({ kind: 'multiview', cells: 9 }) },
]
