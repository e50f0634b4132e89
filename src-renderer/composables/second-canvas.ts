import { computed } from 'vue'
import { useBroadcastStore } from '../stores/broadcast-store.ts'
import { usePreferencesStore } from '../stores/preferences-store.ts'
import { useShowStore } from '../stores/show-store.ts'

const HIDDEN = 'second-canvas-hidden'

/** The show's second canvas, and whether it is looked at beside the preview. */
export function useSecondCanvas() {
  const shows = useShowStore()
  const broadcast = useBroadcastStore()
  const preferences = usePreferencesStore()
  /** Null while it is switched off. */
  const second = computed(() => (shows.show?.second?.enabled ? shows.show.second : null))
  /** Sent or recorded: its size is fixed. */
  const flowing = computed(() => broadcast.singles.second !== undefined)
  const shown = computed({
    get: () => preferences.current.layout[HIDDEN] !== true,
    set: (on) => void preferences.change({ layout: { ...preferences.current.layout, [HIDDEN]: !on } }),
  })
  return { second, flowing, shown }
}
