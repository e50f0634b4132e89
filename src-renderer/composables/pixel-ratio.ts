import { onScopeDispose, ref } from 'vue'
import type { Ref } from 'vue'

/** The display's pixels per CSS pixel, followed when the window goes to another display or is zoomed. */
export function usePixelRatio(): Ref<number> {
  const ratio = ref(devicePixelRatio)
  let query: MediaQueryList | null = null

  function follow(): void {
    query?.removeEventListener('change', follow)
    ratio.value = devicePixelRatio
    query = matchMedia(`(resolution: ${devicePixelRatio}dppx)`)
    query.addEventListener('change', follow)
  }

  follow()
  onScopeDispose(() => query?.removeEventListener('change', follow))
  return ratio
}
