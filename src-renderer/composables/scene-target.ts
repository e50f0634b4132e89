import type { SceneTarget } from '../components/scenes/scene-actions.ts'
import { useProjectors } from '../components/scenes/use-projectors.ts'
import type { Projectors } from '../components/scenes/use-projectors.ts'
import { useSceneSwitching } from './scene-switching.ts'

/** What `SCENE_ACTIONS` act on. Whoever provides the projectors passes them on, as nobody gets what it provides itself. */
export function useSceneTarget({ project }: Projectors = useProjectors()): SceneTarget {
  const switching = useSceneSwitching()
  return {
    get sceneIds() {
      return switching.scenes.value.map((each) => each.id)
    },
    get onAirId() {
      return switching.onAirId.value
    },
    get previewId() {
      return switching.previewId.value
    },
    choose: switching.choose,
    transition: switching.transition,
    setStudioMode: switching.setStudioMode,
    project: (target) => project(target),
  }
}
