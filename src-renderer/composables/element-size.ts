import { onScopeDispose, ref, watch } from 'vue'
import type { Ref } from 'vue'

/** The content size of an element in CSS pixels, followed for as long as the scope lives. */
export function useElementSize(element: Ref<HTMLElement | null>): { width: Ref<number>; height: Ref<number> } {
  const width = ref(0)
  const height = ref(0)
  const observer = new ResizeObserver((entries) => {
    const box = entries.at(-1)?.contentRect
    if (!box) return
    width.value = box.width
    height.value = box.height
  })
  watch(element, (next, before) => {
    if (before) observer.unobserve(before)
    if (next) observer.observe(next)
  })
  onScopeDispose(() => observer.disconnect())
  return { width, height }
}
