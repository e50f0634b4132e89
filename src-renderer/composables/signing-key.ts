import { computed, ref, watch } from 'vue'
import type { Ref } from 'vue'
import { useBridge, useClock } from '../base/given.ts'
import { whenSettled } from '../base/settle.ts'

/** A key that signs: typed now, or kept by the secret store under `keptAs`; it never comes back into the page. */
export function useSigningKey(keptAs: Ref<string>) {
  const bridge = useBridge()
  const key = ref('')
  const keep = ref(true)
  const isKept = ref(false)
  const asked = whenSettled(useClock(), 300, 1000, () => void ask())
  watch(keptAs, () => asked.touch(), { immediate: true })

  async function ask(): Promise<void> {
    const name = keptAs.value
    const answer = name !== '' && (await bridge.addresses.isKept({ keptAs: name }).catch(() => false))
    if (name === keptAs.value) isKept.value = answer
  }

  /** For a call that signs. */
  const input = () => ({ keptAs: keptAs.value, key: key.value === '' ? undefined : key.value, keep: keep.value })
  const isThere = computed(() => key.value.trim() !== '' || isKept.value)
  return { key, keep, isKept, isThere, input, ask }
}
