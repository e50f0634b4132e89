import { onScopeDispose, watch } from 'vue'
import { useEngine } from '../base/given.ts'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { useShowStore } from '../stores/show-store.ts'

/** Everyone who must follow the show does: the engine composes it, main codes at its encoding, and it is saved before the page goes. */
export function useShowFollows(): void {
  const engine = useEngine()
  const shows = useShowStore()
  const broadcast = useBroadcastStore()

  watch([() => shows.show, () => shows.previewSceneId], ([show, previewSceneId]) => show && engine.setShow(show, { previewSceneId }), { immediate: true })
  watch(
    [() => JSON.stringify(shows.show?.encoding), () => broadcast.known],
    () => {
      const wanted = shows.show?.encoding
      if (!wanted || !broadcast.known || JSON.stringify(wanted) === JSON.stringify(broadcast.status.encoding)) return
      void broadcast.setEncoding(wanted)
    },
    { immediate: true },
  )

  const saveNow = () => shows.flush()
  addEventListener('pagehide', saveNow)
  onScopeDispose(() => removeEventListener('pagehide', saveNow))
}
