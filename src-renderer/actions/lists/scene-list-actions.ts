import { useSceneList } from '../../composables/scene-list.ts'
import { useShowStore } from '../../stores/show-store.ts'
import type { ActionList, StudioAction } from '../action.ts'

/** What is done in the list of scenes to the one that is edited. */
export const sceneListActions: ActionList = () => {
  const list = useSceneList()
  const shows = useShowStore()
  const editedId = () => shows.scene?.id ?? ''
  const place = () => shows.show?.scenes.findIndex(({ id }) => id === editedId()) ?? -1
  const moved = (id: string, titleKey: string, step: -1 | 1): StudioAction => ({
    id, group: 'scenes', titleKey, paletteFirst: true, enabled: () => shows.show?.scenes[place() + step] !== undefined, run: () => list.move(editedId(), place() + step),
  })
  return () => [
    { id: 'scene:duplicate', group: 'scenes', titleKey: 'scenes.actions.duplicate', paletteFirst: true, enabled: () => !list.full.value && place() >= 0, run: () => void list.duplicate(editedId()) },
    moved('scene:earlier', 'scenes.actions.earlier', -1),
    moved('scene:later', 'scenes.actions.later', 1),
  ]
}
