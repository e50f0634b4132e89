import type { SceneTarget } from '../components/scenes/scene-actions.ts'
import { useProjectors } from '../components/scenes/use-projectors.ts'
import { useSceneSwitching } from './scene-switching.ts'

/** What `SCENE_ACTIONS` act on. */
export function useSceneTarget(): SceneTarget {
  const switching = useSceneSwitching()
  const { project } = useProjectors()
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
    setStudioMode: (on) => switching.setStudioMode(on),
    project: (target) => project(target),
  }
}
