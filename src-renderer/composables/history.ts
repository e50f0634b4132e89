import type { Show } from '@shared/domain/show.ts'
import { changeEncoding } from '../show-editing/show-edits.ts'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useShowStore } from '../stores/show-store.ts'

/** Undo and redo as the user means them: while live, the encoding stays what is being sent, but for its rate. */
export function useHistory() {
  const shows = useShowStore()
  const broadcast = useBroadcastStore()

  function keep(to: Show, from: Show): Show {
    if (!broadcast.status.live) return to
    const encoding = { ...from.encoding, videoKbps: to.encoding.videoKbps }
    return JSON.stringify(encoding) === JSON.stringify(to.encoding) ? to : changeEncoding(encoding)(to)
  }

  return { undo: () => shows.undo(keep), redo: () => shows.redo(keep) }
}
