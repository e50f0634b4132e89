import type { NoticeGroup, NoticeIdentity, Webhook } from '@shared/domain/webhook.ts'
import { classicFields } from './classic-body.ts'
import { roomBody } from './room-body.ts'
import type { StudioEvent } from './studio-event.ts'

/** A notice that is ready for the outbox. `body`: the room's bytes, or the classic fields without `t` and `sign`; no secrets. */
export interface NoticeDraft {
  eventType: number
  about: string
  body: string
}

const GROUP_OF: Readonly<Record<StudioEvent['kind'], NoticeGroup>> = {
  room: 'room', media: 'media', recording: 'recording', snapshot: 'recording', 'push-state': 'push', stream: 'push', ingest: 'ingest',
}

/** What one address is told of an event; null when it is not told. */
export function compose(event: StudioEvent, { dialect, groups, applicationId }: Webhook, identity: NoticeIdentity, nowMs: number, platform: string): NoticeDraft | null {
  if (!groups.includes(GROUP_OF[event.kind])) return null
  const about = aboutOf(event)
  if (dialect === 'room') {
    const body = roomBody(event, identity, nowMs, platform)
    return body && { eventType: body.EventType, about, body: JSON.stringify(body) }
  }
  const fields = classicFields(event, identity, applicationId)
  return fields && { eventType: fields.event_type, about, body: JSON.stringify(fields) }
}

function aboutOf(event: StudioEvent): string {
  if (event.kind === 'push-state') return `${event.destination.name}: ${event.status}`
  return event.kind === 'stream' ? event.destination.name : ''
}
