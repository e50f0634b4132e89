import { asObject, decodeAmf0, encodeAmf0 } from './amf0.ts'
import type { AmfObject, AmfValue } from './amf0.ts'
import type { OutgoingMessage } from './chunk-writer.ts'

/** Message types (RTMP 1.0 §5.4, §7.1). */
export const MESSAGE = {
  setChunkSize: 1,
  abort: 2,
  acknowledgement: 3,
  userControl: 4,
  windowAcknowledgementSize: 5,
  setPeerBandwidth: 6,
  audio: 8,
  video: 9,
  commandAmf3: 17,
  data: 18,
  command: 20,
} as const

/** User control events (RTMP 1.0 §7.1.7). */
export const EVENT = { streamBegin: 0, pingRequest: 6, pingResponse: 7 } as const

/** Which chunk stream carries what. 2 is fixed by the protocol, the others are what publishers commonly use. */
const CHUNK_STREAM = { control: 2, connection: 3, audio: 4, data: 5, video: 6, stream: 8 } as const

export interface Command {
  name: string
  transaction: number
  /** What follows the transaction, in order. */
  args: AmfValue[]
}

/** What `_result`, `_error` and `onStatus` carry; a field the server left out is empty. */
export interface StatusInfo {
  level: string
  code: string
  description: string
}

export function setChunkSize(bytes: number): OutgoingMessage {
  return control(MESSAGE.setChunkSize, uint32(bytes))
}

/** `totalBytes` received so far, modulo 2^32. */
export function acknowledgement(totalBytes: number): OutgoingMessage {
  return control(MESSAGE.acknowledgement, uint32(totalBytes))
}

/** Asks the peer to acknowledge each time it has received this many bytes. */
export function windowAcknowledgementSize(bytes: number): OutgoingMessage {
  return control(MESSAGE.windowAcknowledgementSize, uint32(bytes))
}

/** The answer to a ping carries the ping's own four bytes back. */
export function pingResponse(stamp: Uint8Array): OutgoingMessage {
  return control(MESSAGE.userControl, Buffer.concat([Buffer.of(0, EVENT.pingResponse), stamp]))
}

/** A command on the connection itself (`streamId` 0) or on a stream. */
export function command(name: string, transaction: number, args: readonly AmfValue[], streamId = 0): OutgoingMessage {
  const chunkStream = streamId === 0 ? CHUNK_STREAM.connection : CHUNK_STREAM.stream
  return { chunkStream, type: MESSAGE.command, streamId, timestampMs: 0, payload: encodeAmf0([name, transaction, ...args]) }
}

export function data(values: readonly AmfValue[], streamId: number, timestampMs: number): OutgoingMessage {
  return { chunkStream: CHUNK_STREAM.data, type: MESSAGE.data, streamId, timestampMs, payload: encodeAmf0(values) }
}

/** One audio or video message: the head of its FLV tag body, then the coded bytes. */
export function media(kind: 'audio' | 'video', streamId: number, timestampMs: number, prefix: Uint8Array, payload: Uint8Array): OutgoingMessage {
  return { chunkStream: CHUNK_STREAM[kind], type: MESSAGE[kind], streamId, timestampMs, prefix, payload }
}

/** Reads a command message; null when it is none. Throws StudioError `protocol-error` on broken AMF. */
export function readCommand(type: number, payload: Buffer): Command | null {
  if (type !== MESSAGE.command && type !== MESSAGE.commandAmf3) return null
  // An AMF3 command begins with one byte that says that AMF0 follows.
  const [name, transaction, ...args] = decodeAmf0(type === MESSAGE.commandAmf3 ? payload.subarray(1) : payload)
  if (typeof name !== 'string') return null
  return { name, transaction: typeof transaction === 'number' ? transaction : 0, args }
}

/** The last object among a command's arguments is its status. */
export function readStatus(args: readonly AmfValue[]): StatusInfo {
  const info: AmfObject = args.map(asObject).findLast((value) => value !== null && ('code' in value || 'level' in value)) ?? {}
  return { level: text(info.level), code: text(info.code), description: text(info.description) }
}

function text(value: AmfValue): string {
  return typeof value === 'string' ? value : ''
}

function control(type: number, payload: Buffer): OutgoingMessage {
  return { chunkStream: CHUNK_STREAM.control, type, streamId: 0, timestampMs: 0, payload }
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}
