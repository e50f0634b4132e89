import { basename } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { NoticeIdentity } from '@shared/domain/webhook.ts'
import { errorWords } from './error-words.ts'
import { CLASSIC_LIFE_S, classicSign } from './sign.ts'
import type { FinishedFile, StreamChange, StudioEvent } from './studio-event.ts'

/** What a classic notice says; `t` and `sign` are added each time it is sent. */
export type ClassicFields = { event_type: 0 | 1 | 100 | 200 } & Record<string, string | number>

const seconds = (ms: number): number => Math.floor(ms / 1000)

/** The notice for one event; null where the classic dialect has no word for it. */
export function classicFields(event: StudioEvent, identity: NoticeIdentity, applicationId: string): ClassicFields | null {
  switch (event.kind) {
    case 'stream':
      return streamFields(event, event.atMs, identity.recordId, applicationId)
    case 'recording':
      return event.type === 310 ? fileFields(event.file, identity) : null
    case 'snapshot': {
      const url = pathToFileURL(event.path).href
      const { sizeBytes, width, height, atMs } = event
      return { event_type: 200, ...idOf(identity.roomId), create_time: seconds(atMs), file_size: sizeBytes, width, height, pic_url: url, pic_full_url: url, stream_param: paramOf(identity.recordId) }
    }
    case 'room':
    case 'media':
    case 'push-state':
    case 'ingest':
      return null
  }
}

/** The bytes to send: signed anew for each try, so that one that is delivered late is still to be trusted. */
export function signedClassic(fields: object, key: string, nowMs: number): string {
  const t = seconds(nowMs) + CLASSIC_LIFE_S
  return JSON.stringify({ t, sign: classicSign(key, t), ...fields })
}

function streamFields({ started, destination, sequence, failure }: StreamChange, atMs: number, recordId: string, applicationId: string): ClassicFields {
  const { code, message } = errorWords(failure)
  return {
    event_type: started ? 1 : 0, ...idOf(destination.streamId), appname: destination.app, app: destination.host, appid: Number(applicationId || '0'),
    stream_param: paramOf(destination.recordId || recordId), event_time: seconds(atMs),
    // Receivers read either spelling.
    errcode: code, errorcode: code, errmsg: message, sequence,
    // Which of its nodes took the stream, and from which public address, only the server knows.
    node: '', user_ip: '',
  }
}

/** The program is recorded, not a destination's stream: it goes by the room's name. */
function fileFields(file: FinishedFile, identity: NoticeIdentity): ClassicFields {
  return {
    event_type: 100, ...idOf(identity.roomId), file_id: basename(file.path), file_format: file.format, file_size: file.sizeBytes, video_url: pathToFileURL(file.path).href,
    start_time: seconds(file.startedAtMs), end_time: seconds(file.endedAtMs), duration: Math.round(file.durationMs / 1000), stream_param: paramOf(identity.recordId),
  }
}

const idOf = (streamId: string) => ({ stream_id: streamId, channel_id: streamId })
const paramOf = (recordId: string): string => (recordId === '' ? '' : `recordId=${encodeURIComponent(recordId)}`)
