import { computed, onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'
import { usePreferencesStore } from '../stores/preferences-store.ts'

/** Whether the window is at least this wide, CSS pixels at the usual size of texts: larger texts need as much more. */
export function useWide(px: number): Readonly<Ref<boolean>> {
  const preferences = usePreferencesStore()
  const width = ref(innerWidth)
  const follow = () => (width.value = innerWidth)
  addEventListener('resize', follow)
  onScopeDispose(() => removeEventListener('resize', follow))
  return computed(() => width.value * 100 >= px * preferences.current.appearance.textPercent)
}
