import { newDestination, type DestinationView } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { OutputFailure, OutputStatus } from '@shared/domain/output.ts'
import type { NoticeDelivery, WebhookView } from '@shared/domain/webhook.ts'
import type { FakeBridge } from './fake-bridge.ts'

const rtmp = (id: string, name: string): DestinationView => ({ ...newDestination({ id, name, kind: 'rtmp', address: `rtmp://${id}.example.com/live`, enabled: true }), hasKey: true, hasPassphrase: false })

const failed = (destinationId: string, final: boolean, failure: OutputFailure, nowMs: number): OutputStatus => ({
  destinationId, state: final ? 'failed' : 'connecting', changedAtMs: nowMs, attempt: 2, nextAttemptAtMs: final ? null : nowMs + 24_000, failure, final, connects: 0, firstMediaMs: null, gaps: [],
})

const hook = (part: Partial<WebhookView>): WebhookView => ({
  id: 'room', name: 'School portal', url: 'https://portal.school.example/castwright/notices', dialect: 'room', applicationId: '1400000123', groups: ['room', 'push'], enabled: true, hasKey: true, hasQuery: true, ...part,
})
const delivery = (part: Partial<NoticeDelivery>, nowMs: number): NoticeDelivery => ({
  id: `n${part.eventType}`, webhookId: 'room', dialect: 'room', eventType: 401, about: '', createdAtMs: nowMs, state: 'delivered', tries: 1, nextTryAtMs: null, status: 200, answer: '{"code":0}', tookMs: 12, ...part,
})

/** Codes of services at the destinations; addresses of a back end with notices in every state. */
export const NOTICES_SCENARIO = {
  options: { destinations: [rtmp('arrears', 'School channel'), rtmp('sign', 'Signed address'), rtmp('timeout', 'Backup')] },
  arrange(bridge: FakeBridge, _engine: unknown, nowMs: number): void {
    const failure = (reason: OutputFailure['reason'], serviceCode: string, evidence: string): OutputFailure => ({ reason, serviceCode, evidence, atMs: nowMs })
    const outputs = [
      failed('arrears', true, failure('connect-rejected', '20406', 'NetConnection.Connect.Rejected error code: 20406'), nowMs),
      failed('sign', true, failure('token-expired', 'time-expired', 'NetStream.Publish.Denied txTime expired'), nowMs),
      failed('timeout', false, failure('publish-timeout', '6012', '[6012] push timed out'), nowMs),
    ]
    bridge.status.set({ live: true, liveSinceMs: nowMs - 60_000, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs })
    bridge.notices.set([{ id: 'n1', level: 'error', reason: 'disk-full', evidence: '/videos (ENOSPC)', atMs: nowMs }])
    bridge.hooks.clock.set({ offsetMs: -63_000 })
    bridge.hooks.list.set([hook({}), hook({ id: 'classic', name: '', url: 'http://10.0.0.8:8080/notices', dialect: 'classic', enabled: false, hasQuery: false })])
    bridge.hooks.log.set([
      delivery({ eventType: 401, about: 'School channel: 4', state: 'sending', tries: 0, status: null, answer: '' }, nowMs),
      delivery({ eventType: 103, state: 'waiting', tries: 2, status: 500, answer: 'Internal Server Error', nextTryAtMs: nowMs + 9000 }, nowMs - 12_000),
      delivery({ eventType: 1, webhookId: 'classic', dialect: 'classic', about: 'Backup', state: 'dropped' }, nowMs - 40_000),
      delivery({ eventType: 201, state: 'given-up', tries: 8, status: null, answer: 'no answer within 5 s' }, nowMs - 80_000),
      delivery({ eventType: 101 }, nowMs - 90_000),
    ])
  },
}
