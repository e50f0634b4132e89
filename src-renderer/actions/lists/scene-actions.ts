import { useSceneSwitching } from '../../composables/scene-switching.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** The first nine scenes have digits; in studio mode a digit prepares, and Ctrl+Enter takes on air what is prepared. */
export const sceneActions: ActionList = () => {
  const { scenes, onAirId, previewId, studioMode, nameOf, choose, transition, setStudioMode } = useSceneSwitching()
  return () => [
    ...scenes.value.map(({ id }, index): StudioAction => ({
      id: `scene:${id}`, group: 'scenes', titleKey: studioMode.value ? 'actions.prepareScene' : 'actions.scene', titleValues: () => ({ name: nameOf(id) }),
      defaultKeys: index < 9 ? [`Digit${index + 1}`] : [], enabled: () => (studioMode.value ? previewId.value : onAirId.value) !== id, run: () => choose(id),
    })),
    { id: 'scene:transition', group: 'scenes', titleKey: 'actions.transition', defaultKeys: ['Mod+Enter'], enabled: () => studioMode.value && previewId.value !== onAirId.value, run: () => transition() },
    { id: 'scene:studio-mode', group: 'scenes', titleKey: 'actions.studioMode', run: () => setStudioMode(!studioMode.value) },
  ]
}
