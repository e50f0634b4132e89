import { computed } from 'vue'
import { usePreferencesStore } from '../../stores/preferences-store.ts'

const MOST = 8

/** What was last run from the palette, newest first; kept among the layout's preferences. */
export function useRecentActions() {
  const preferences = usePreferencesStore()
  const recent = computed((): string[] => {
    const kept = preferences.current.layout['recentActions']
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(0, MOST) : []
  })
  function remember(id: string): void {
    const next = [id, ...recent.value.filter((each) => each !== id)].slice(0, MOST)
    void preferences.change({ layout: { ...preferences.current.layout, recentActions: next } })
  }
  return { recent, remember }
}
