import { ref } from 'vue'
import { StudioError } from '@shared/domain/errors.ts'

/** One thing that is asked of main and may fail: `failure` is what the user sees beside its button. */
export function useAttempt() {
  const busy = ref(false)
  const failure = ref<StudioError | null>(null)

  async function attempt(act: () => Promise<void>): Promise<void> {
    if (busy.value) return
    busy.value = true
    failure.value = null
    try {
      await act()
    } catch (thrown) {
      failure.value = StudioError.from(thrown)
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, attempt }
}
