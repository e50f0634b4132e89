import { newDestination } from '@shared/domain/destination.ts'
import { computed, reactive, ref } from 'vue'
import { parsePushAddress, splitAddress } from '@shared/domain/address.ts'
import type { DestinationView } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Reason } from '@shared/domain/errors.ts'
import { useClock } from '../base/given.ts'
import { useDestinationsStore } from '../stores/destinations-store.ts'

export type DestinationField = 'address' | 'key' | 'certificateAuthority' | 'form'

/** One destination while it is typed. The key stays in the form and leaves it only with `save`. */
export function useDestinationForm(before: DestinationView | null) {
  const store = useDestinationsStore()
  const clock = useClock()
  const fields = reactive({
    name: before?.name ?? '',
    address: before?.address ?? '',
    key: '',
    certificateAuthority: before?.certificateAuthority ?? '',
    verifyCertificate: before?.verifyCertificate ?? true,
  })
  const keyTouched = ref(false)
  const problem = ref<{ field: DestinationField; reason: Reason; evidence: string } | null>(null)
  const saving = ref(false)
  const secure = computed(() => /^\s*rtmps:/i.test(fields.address))
  const hasKey = computed(() => (keyTouched.value ? fields.key !== '' : (before?.hasKey ?? false)))

  function setKey(key: string): void {
    fields.key = key
    keyTouched.value = true
  }

  /** A whole address with its key at the end goes into both fields. False when the text is nothing of that kind. */
  function takePasted(text: string): boolean {
    try {
      const split = splitAddress(text)
      if (!split.key) return false
      fields.address = split.address
      setKey(split.key)
      problem.value = null
      return true
    } catch {
      return false
    }
  }

  function check(): boolean {
    try {
      parsePushAddress(fields.address, hasKey.value ? fields.key || '-' : '')
      problem.value = null
      return true
    } catch (thrown) {
      const { reason, evidence } = StudioError.from(thrown)
      problem.value = { field: evidence.includes('the key') ? 'key' : 'address', reason, evidence }
      return false
    }
  }

  /** True when it was kept; otherwise `problem` says which field is wrong. */
  async function save(): Promise<boolean> {
    if (!check() || saving.value) return false
    saving.value = true
    try {
      const destination = newDestination({
        ...before, id: before?.id ?? clock.newId(), kind: 'rtmp' as const, enabled: before?.enabled ?? true,
        name: fields.name.trim(), address: fields.address.trim(), certificateAuthority: fields.certificateAuthority, verifyCertificate: fields.verifyCertificate,
      })
      await store.save(destination, keyTouched.value ? fields.key.trim() : undefined)
      return true
    } catch (thrown) {
      const { reason, evidence } = StudioError.from(thrown)
      problem.value = { field: fieldOf(reason), reason, evidence }
      return false
    } finally {
      saving.value = false
    }
  }

  async function reveal(): Promise<void> {
    if (keyTouched.value || !before?.hasKey) return
    const key = await store.revealKey(before.id)
    if (key !== undefined) fields.key = key
  }

  return { fields, problem, saving, secure, hasKey, keyTouched, setKey, takePasted, save, reveal }
}

function fieldOf(reason: Reason): DestinationField {
  if (reason.startsWith('address-')) return 'address'
  if (reason.startsWith('certificate-')) return 'certificateAuthority'
  return 'form'
}
