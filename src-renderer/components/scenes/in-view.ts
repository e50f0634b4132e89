import { onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'

/** Whether an element can be seen where it is scrolled to, or nearly so: what is costly is only made then. */
export function useInView(element: Ref<HTMLElement | null>): Ref<boolean> {
  const inView = ref(false)
  const observer = new IntersectionObserver((entries) => (inView.value = entries.at(-1)?.isIntersecting ?? false), { rootMargin: '40px' })
  watch(element, (next, before) => {
    if (before) observer.unobserve(before)
    if (next) observer.observe(next)
  })
  onScopeDispose(() => observer.disconnect())
  return inView
}
