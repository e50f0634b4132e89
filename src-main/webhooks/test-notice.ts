import type { NoticeIdentity, Webhook } from '@shared/domain/webhook.ts'
import { compose, type NoticeDraft } from './compose.ts'
import type { DestinationFacts, StudioEvent } from './studio-event.ts'

const DESTINATION: DestinationFacts = { name: 'test', url: 'test', host: 'test', app: 'test', streamId: 'castwright-test', recordId: '' }

/** What *Send a test notice* sends: a push that is idle (room), a stream that ended in good order (classic). Both say `test` where a real one names a place. */
export function testDraft(webhook: Webhook, identity: NoticeIdentity, atMs: number, platform: string): NoticeDraft {
  const event: StudioEvent =
    webhook.dialect === 'room'
      ? { kind: 'push-state', destination: DESTINATION, taskId: 'castwright-test', status: 0, failure: null, atMs }
      : { kind: 'stream', started: false, destination: DESTINATION, sequence: 'castwright-test', failure: null, atMs }
  const draft = compose(event, { ...webhook, groups: ['push'] }, identity, atMs, platform)
  if (!draft) throw new Error(`no test notice for ${webhook.dialect}`)
  return draft
}
