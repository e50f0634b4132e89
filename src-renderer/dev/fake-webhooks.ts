import { DEFAULT_IDENTITY, type NoticeDelivery, type NoticeIdentity, type WebhookView } from '@shared/domain/webhook.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

/** Addresses of a back end that is not there. */
export class FakeWebhooks {
  readonly list = new Topic<WebhookView[]>([])
  readonly identity = new Topic<NoticeIdentity>(DEFAULT_IDENTITY)
  readonly log = new Topic<NoticeDelivery[]>([])
  readonly clock = new Topic<{ offsetMs: number | null }>({ offsetMs: null })

  client(answer: Answer): Bridge['webhooks'] {
    return {
      save: ({ webhook, key }) =>
        answer('save', { webhook }, () => {
          const before = this.list.state.find((each) => each.id === webhook.id)
          const view: WebhookView = { ...webhook, hasKey: key === undefined ? (before?.hasKey ?? false) : key !== '', hasQuery: before?.hasQuery ?? false }
          this.list.set(before ? this.list.state.map((each) => (each === before ? view : each)) : [...this.list.state, view])
          return view
        }),
      remove: (input) => answer('remove', input, () => this.list.set(this.list.state.filter((each) => each.id !== input.webhookId))),
      setIdentity: (input) => answer('setIdentity', input, () => this.identity.set(input)),
      test: (input) => answer('test', input, () => ({ status: 500, tookMs: 38, answer: 'Internal Server Error', reason: 'notice-refused' as const, clockOffsetMs: -700 })),
      check: (input) => answer('check', { dialect: input.dialect }, () => ({ verdict: input.sign === '' ? ('sign-missing' as const) : ('valid' as const), expected: 'kkoFeO3Oh2ZHnjtg8tEAQhtXK16/KI05W3BQff8IvGA=', expiresAtMs: null })),
      watch: (topic, onState) => this[topic].watch(onState as never),
    }
  }
}
