import { onScopeDispose, ref } from 'vue'
import { useClock } from '../base/given.ts'
import { useNoticesStore } from '../stores/notices-store.ts'

const SHOWN_MS = 2000

/** Puts a text on the clipboard; `copied` is it for a moment, so that its button can say so. */
export function useCopyText() {
  const clock = useClock()
  const notices = useNoticesStore()
  const copied = ref('')
  let forget = () => {}
  onScopeDispose(() => forget())

  async function copy(text: string): Promise<void> {
    await notices.guard(async () => {
      await navigator.clipboard.writeText(text)
      copied.value = text
      forget()
      forget = clock.after(SHOWN_MS, () => (copied.value = ''))
    })
  }
  return { copied, copy }
}
