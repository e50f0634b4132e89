import type { Show } from '@shared/domain/show.ts'
import { changedScene } from '../show-editing/changed-scene.ts'
import type { EditName } from '../show-editing/edit-name.ts'
import { changeEncoding } from '../show-editing/show-edits.ts'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useShowStore } from '../stores/show-store.ts'
import { useUndoneStore } from '../stores/undone-store.ts'

/**
 * Undo and redo as the user means them: while live, the encoding stays what is being sent, but for its rate. What changes in
 * another scene than the one being edited is said; studio mode also shows it. Without studio mode that would put it on air.
 */
export function useHistory() {
  const shows = useShowStore()
  const broadcast = useBroadcastStore()
  const undone = useUndoneStore()

  function keep(to: Show, from: Show): Show {
    if (!broadcast.status.live) return to
    const encoding = { ...from.encoding, videoKbps: to.encoding.videoKbps }
    return JSON.stringify(encoding) === JSON.stringify(to.encoding) ? to : changeEncoding(encoding)(to)
  }

  function go(way: 'undo' | 'redo', what: EditName | null, act: () => void): void {
    const before = shows.show
    act()
    const sceneId = before && shows.show ? changedScene(before, shows.show) : null
    if (what === null || sceneId === null || sceneId === shows.scene?.id) return
    if (shows.previewSceneId !== null) shows.previewSceneId = sceneId
    undone.say({ way, what, sceneId })
  }

  return { undo: () => go('undo', shows.undoName, () => shows.undo(keep)), redo: () => go('redo', shows.redoName, () => shows.redo(keep)) }
}
