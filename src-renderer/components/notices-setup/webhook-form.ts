import { computed, reactive, ref, watch } from 'vue'
import { StudioError } from '@shared/domain/errors.ts'
import type { Reason } from '@shared/domain/errors.ts'
import { GROUPS_OF, keyProblem, type NoticeDialect, type NoticeGroup, type WebhookView } from '@shared/domain/webhook.ts'
import { useClock } from '../../base/given.ts'
import { useWebhooksStore } from '../../stores/webhooks-store.ts'

/** Nothing is ever told of `ingest`: the studio takes in no stream from outside. */
const offered = (dialect: NoticeDialect): NoticeGroup[] => GROUPS_OF[dialect].filter((group) => group !== 'ingest')

/** One address while it is typed. The key stays in the form and leaves it only with `save`. */
export function useWebhookForm(before: WebhookView | null) {
  const store = useWebhooksStore()
  const clock = useClock()
  const fields = reactive({
    name: before?.name ?? '', url: before?.url ?? '', dialect: (before?.dialect ?? 'room') as NoticeDialect, key: '', applicationId: before?.applicationId ?? '',
    groups: [...(before?.groups ?? offered('room'))],
  })
  const keyTouched = ref(false)
  const failure = ref<{ field: 'url' | 'form'; reason: Reason; evidence: string } | null>(null)
  const tried = ref(false)
  const saving = ref(false)
  const groups = computed(() => offered(fields.dialect))
  watch(() => fields.key, () => (keyTouched.value = true))
  watch(() => fields.applicationId, (typed) => (fields.applicationId = typed.replace(/\D/g, '').slice(0, 15)))

  /** What is wrong with the key. Nobody here knows the kept one, so it is asked for again when its rule changes. */
  const keyWrong = computed(() => {
    const keptFits = before?.hasKey && !keyTouched.value && (fields.dialect === before.dialect || fields.dialect === 'classic')
    return !tried.value || keptFits ? null : keyProblem(fields.dialect, fields.key.trim())
  })

  const tells = (group: NoticeGroup): boolean => fields.groups.includes(group)
  function tell(group: NoticeGroup, on: boolean): void {
    fields.groups = on ? [...fields.groups, group] : fields.groups.filter((each) => each !== group)
  }

  /** True when it was kept. */
  async function save(): Promise<boolean> {
    tried.value = true
    failure.value = null
    if (keyWrong.value || saving.value) return false
    saving.value = true
    try {
      const { name, url, dialect, applicationId } = fields
      const webhook = { id: before?.id ?? clock.newId(), name: name.trim(), url: url.trim(), dialect, applicationId, groups: fields.groups.filter((each) => groups.value.includes(each)), enabled: before?.enabled ?? true }
      await store.save(webhook, keyTouched.value ? fields.key.trim() : undefined)
      return true
    } catch (thrown) {
      const { reason, evidence } = StudioError.from(thrown)
      failure.value = { field: reason.startsWith('address-') ? 'url' : 'form', reason, evidence }
      return false
    } finally {
      saving.value = false
    }
  }

  return { fields, groups, failure, keyWrong, saving, tells, tell, save }
}
