import { SCENE_ACTIONS } from '../../components/scenes/scene-actions.ts'
import { useSceneList } from '../../composables/scene-list.ts'
import { useSceneSwitching } from '../../composables/scene-switching.ts'
import { useSceneTarget } from '../../composables/scene-target.ts'
import { MULTIVIEW_CELLS } from '../../components/scenes/use-projectors.ts'
import { useShowStore } from '../../stores/show-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

const KEYS: Readonly<Record<string, readonly string[]>> = { 'scene:transition': ['Mod+Enter'], 'scene:next': ['Alt+PageDown'], 'scene:previous': ['Alt+PageUp'] }

/** The first nine scenes have digits; in studio mode a digit prepares, and Ctrl+Enter takes on air what is prepared. */
export const sceneActions: ActionList = () => {
  const { scenes, onAirId, previewId, studioMode, nameOf, choose } = useSceneSwitching()
  const list = useSceneList()
  const target = useSceneTarget()
  const shows = useShowStore()
  return () => [
    ...scenes.value.map(({ id }, index): StudioAction => ({
      id: `scene:${id}`, group: 'scenes', titleKey: studioMode.value ? 'actions.prepareScene' : 'actions.scene', titleValues: () => ({ name: nameOf(id) }),
      defaultKeys: index < 9 ? [`Digit${index + 1}`] : [], enabled: () => (studioMode.value ? previewId.value : onAirId.value) !== id, run: () => choose(id),
    })),
    { id: 'scene:add', group: 'scenes', titleKey: 'scenes.add', enabled: () => !list.full.value, run: () => void list.add() },
    ...MULTIVIEW_CELLS.map((cells): StudioAction => ({
      id: `scene:project-multiview:${cells}`, group: 'scenes', titleKey: 'scenes.actions.projectMultiviewOf', titleValues: () => ({ n: String(cells) }), paletteFirst: true, run: () => target.project({ kind: 'multiview', cells }),
    })),
    ...(shows.show?.second?.enabled ? [{ id: 'scene:project-second', group: 'scenes' as const, titleKey: 'scenes.actions.projectSecond', paletteFirst: true, run: () => target.project({ kind: 'second' }) }] : []),
    ...SCENE_ACTIONS.map(({ id, titleKey, possible, run }): StudioAction => ({ id, group: 'scenes', titleKey, defaultKeys: KEYS[id] ?? [], enabled: () => possible(target), run: () => run(target) })),
  ]
}
