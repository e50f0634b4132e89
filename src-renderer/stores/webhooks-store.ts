import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { DEFAULT_IDENTITY, type NoticeDelivery, type NoticeDialect, type NoticeIdentity, type Webhook, type WebhookView } from '@shared/domain/webhook.ts'
import { useBridge } from '../base/given.ts'
import { useNoticesStore } from './notices-store.ts'

/** Notices to the user's own back end. Main keeps the addresses and sends; keys never come here. */
export const useWebhooksStore = defineStore('webhooks', () => {
  const bridge = useBridge()
  const notices = useNoticesStore()
  const list = ref<WebhookView[]>([])
  const identity = ref<NoticeIdentity>(DEFAULT_IDENTITY)
  const log = ref<NoticeDelivery[]>([])
  /** A back end's clock less this computer's, ms; null while none has answered. */
  const clockOffsetMs = ref<number | null>(null)
  const nameOf = computed(() => new Map(list.value.map((each) => [each.id, each.name || each.url])))

  bridge.webhooks.watch('list', (next) => {
    list.value = next
  })
  bridge.webhooks.watch('identity', (next) => {
    identity.value = next
  })
  bridge.webhooks.watch('log', (next) => {
    log.value = next
  })
  bridge.webhooks.watch('clock', ({ offsetMs }) => {
    clockOffsetMs.value = offsetMs
  })

  /** Rejects with a StudioError, so that the form can mark its field. `key` undefined = unchanged. */
  const save = (webhook: Webhook, key?: string) => bridge.webhooks.save({ webhook, key })
  const setEnabled = ({ hasKey: _key, hasQuery: _query, ...webhook }: WebhookView, enabled: boolean) => notices.guard(() => bridge.webhooks.save({ webhook: { ...webhook, enabled } }))
  const remove = (webhookId: string) => notices.guard(() => bridge.webhooks.remove({ webhookId }))
  const setIdentity = (next: NoticeIdentity) => notices.guard(() => bridge.webhooks.setIdentity(next))
  const test = (webhookId: string) => notices.guard(() => bridge.webhooks.test({ webhookId }))
  const check = (pasted: { dialect: NoticeDialect; body: string; sign: string; key: string; webhookId?: string }) => notices.guard(() => bridge.webhooks.check(pasted))

  return { list, identity, log, clockOffsetMs, nameOf, save, setEnabled, remove, setIdentity, test, check }
})
