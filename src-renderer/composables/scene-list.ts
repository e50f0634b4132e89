import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import type { Scene } from '@shared/domain/scene.ts'
import { useClock } from '../base/given.ts'
import { freeName } from '../show-editing/new-sources.ts'
import { addScene, duplicateScene, MAX_SCENES, moveSceneTo, neighbour, removeScene, renameScene, shownIn } from '../show-editing/scene-edits.ts'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import { useSceneSwitching } from './scene-switching.ts'

/** Everything that is done to the list of scenes; each is one step of undo. */
export function useSceneList() {
  const { t } = useI18n()
  const clock = useClock()
  const shows = useShowStore()
  const broadcast = useBroadcastStore()
  const { scenes, nameOf, choose, setStudioMode } = useSceneSwitching()
  const full = computed(() => scenes.value.length >= MAX_SCENES)
  const names = (): string[] => scenes.value.map((each) => nameOf(each.id))

  /** Adds an empty scene behind the edited one and goes to it. Its id; null when there is no room. */
  function add(): string | null {
    if (full.value || !shows.scene) return null
    const id = clock.newId()
    shows.edit(addScene(id, freeName(t('scenes.newName'), names()), shows.scene.id))
    // Viewers need not see an empty scene: while live it is prepared in the preview.
    if (broadcast.status.live) setStudioMode(true, { onlyNow: true })
    choose(id)
    return id
  }

  function duplicate(sceneId: string): string | null {
    if (full.value) return null
    const id = clock.newId()
    shows.edit(duplicateScene(sceneId, freeName(nameOf(sceneId).slice(0, 190), names()), id, clock.newId))
    return id
  }

  /** The scene that is next to it and so comes into its place; null when it stays, as the last one does. */
  function remove(sceneId: string): string | null {
    const { show } = shows
    const next = show && (neighbour(show, sceneId, 1) ?? neighbour(show, sceneId, -1))
    if (!next) return null
    if (shows.previewSceneId === sceneId) shows.previewSceneId = next.id
    shows.edit(removeScene(sceneId))
    return next.id
  }

  return {
    full,
    add,
    duplicate,
    remove,
    rename: (sceneId: string, name: string) => shows.edit(renameScene(sceneId, name)),
    /** To a place of the list, counted without it. */
    move: (sceneId: string, index: number) => shows.edit(moveSceneTo(sceneId, index)),
    /** Where it is shown inside others. */
    shownIn: (sceneId: string): Scene[] => (shows.show ? shownIn(shows.show, sceneId) : []),
  }
}
