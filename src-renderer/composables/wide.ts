import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'

/** Whether the window is at least this wide, CSS pixels. */
export function useWide(px: number): Ref<boolean> {
  const query = matchMedia(`(min-width: ${px}px)`)
  const wide = ref(query.matches)
  const follow = (event: MediaQueryListEvent) => (wide.value = event.matches)
  query.addEventListener('change', follow)
  onScopeDispose(() => query.removeEventListener('change', follow))
  return wide
}
