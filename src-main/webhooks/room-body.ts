import { basename } from 'node:path'
import type { NoticeIdentity } from '@shared/domain/webhook.ts'
import { errorWords } from './error-words.ts'
import type { FinishedFile, RecordingChange, RecordingEnd, StudioEvent } from './studio-event.ts'

/** The body of a room notice, before it becomes bytes. */
export interface RoomBody {
  EventGroupId: number
  EventType: number
  /** ms; ingest notices call it `CallbackMsTs`. */
  CallbackTs?: number
  CallbackMsTs?: number
  EventInfo: Record<string, unknown>
}

const HOST_ROLE = 20
const NATIVE_USER = 3
/** 1 Windows, 2 Android, 3 iOS, 4 Linux, 100 other. */
const TERMINALS: Readonly<Record<string, number>> = { win32: 1, linux: 4 }
/** A number room is an unsigned 32-bit number that is not 0. */
const MAX_NUMBER_ROOM = 0xffff_ffff
/** 1 is the studio's own: it could not go on, e.g. because of a full disk. */
const LEAVE_CODES: Readonly<Record<RecordingEnd, number>> = { stopped: 0, failed: 1, idle: 99, 'timed-out': 100 }

/** The notice for one event; null where the room dialect has no word for it. `nowMs`: when it is made; `platform`: Node's. */
export function roomBody(event: StudioEvent, identity: NoticeIdentity, nowMs: number, platform: string): RoomBody | null {
  const room = roomOf(identity.roomId)
  const common = { RoomId: room.id, EventTs: Math.floor(event.atMs / 1000), EventMsTs: event.atMs }
  const user = { UserId: identity.userId }
  const body = (group: number, type: number, more: object): RoomBody => ({ EventGroupId: group, EventType: type, CallbackTs: nowMs, EventInfo: { ...common, ...more } })
  switch (event.kind) {
    case 'room':
      if (event.type === 102) return body(1, 102, {})
      if (event.type === 101) return body(1, 101, user)
      if (event.type === 104) return body(1, 104, { ...user, Role: HOST_ROLE, Reason: event.reason })
      return body(1, 103, { ...user, Role: HOST_ROLE, TerminalType: TERMINALS[platform] ?? 100, UserType: NATIVE_USER, Reason: event.reason })
    case 'media':
      return body(2, event.type, { ...user, Reason: 0 })
    case 'recording': {
      const payload = recordingPayload(event, identity.userId)
      return payload && body(3, event.type, { ...user, TaskId: event.taskId, Payload: payload })
    }
    case 'push-state': {
      const { code, message } = errorWords(event.failure)
      const payload = { Url: event.destination.url, Status: event.status, ErrorCode: code, ErrorMsg: message }
      return body(4, 401, { ...user, RoomType: room.type, TaskId: event.taskId, Payload: payload })
    }
    case 'ingest': {
      const status = event.type === 701 ? { Status: event.status } : {}
      return { EventGroupId: 7, EventType: event.type, CallbackMsTs: nowMs, EventInfo: { ...common, ...user, Payload: { Url: event.url, ...status } } }
    }
    case 'stream':
    case 'snapshot':
      return null
  }
}

/** RoomType 0 = a number room, 1 = a string room. */
function roomOf(roomId: string): { id: number | string; type: 0 | 1 } {
  const number = /^[1-9]\d{0,9}$/.test(roomId) ? Number(roomId) : 0
  return number > 0 && number <= MAX_NUMBER_ROOM ? { id: number, type: 0 } : { id: roomId, type: 1 }
}

function recordingPayload(event: RecordingChange, userId: string): object | null {
  switch (event.type) {
    case 301:
      return { Status: event.failed ? 1 : 0 }
    case 302:
      return { LeaveCode: LEAVE_CODES[event.why] }
    case 304:
      return { FileList: basename(event.path) }
    case 307:
      return { FileName: basename(event.path), UserId: userId, TrackType: event.track, BeginTimeStamp: event.beginMs }
    case 310:
      // The other formats have no notice of their own here; the classic dialect tells of them.
      return event.file.format === 'mp4' ? filePayload(event.file, userId) : null
  }
}

function filePayload(file: FinishedFile, userId: string): object {
  const name = basename(file.path)
  const message = { FileName: name, UserId: userId, TrackType: file.track, MediaId: file.content, StartTimeStamp: file.startedAtMs, EndTimeStamp: file.endedAtMs }
  return { Status: 0, FileList: [name], FileMessage: [message] }
}
