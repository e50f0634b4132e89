import { z } from 'zod'
import type { AudioHeader, Packet, ProgramHeaders, VideoHeader } from './packet.ts'
import { SOUND_TRACKS } from './strip.ts'

/**
 * The binary messages of the program port, page → main. One message is one packet or one set of headers.
 *
 * Packet: u8 kind (1 video, 2 audio) · u8 flags (bit 0 = key, bits 4 to 7 = the recordings' sound track, 2 to 6; 0 = the
 * first) · u16 epoch · u32 durationUs · f64 timestampUs · payload
 * Headers: u8 kind 3 · 3 bytes zero · UTF-8 JSON (binary fields as base64)
 * All numbers little-endian.
 */
const VIDEO = 1
const AUDIO = 2
const HEADERS = 3
const PACKET_HEADER_BYTES = 16
const KEY_FLAG = 1
const TRACK_SHIFT = 4
/** A coded frame larger than this is not a frame. */
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024

/** Main → page on the same port, as JSON. `credit` adds to the bytes that the page may have on the way. */
export const portCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('credit'), bytes: z.int().positive() }),
  z.object({ type: z.literal('key-frame') }),
])
export type PortCommand = z.infer<typeof portCommand>

export type PortMessage = { type: 'packet'; packet: Packet } | { type: 'headers'; headers: ProgramHeaders }

/** Room for one packet, with its header written; the caller copies the payload in behind `PACKET_HEADER_BYTES`. */
export function framePacket(packet: Omit<Packet, 'data'>, payloadBytes: number): { message: Uint8Array<ArrayBuffer>; payload: Uint8Array<ArrayBuffer> } {
  const message = new Uint8Array(PACKET_HEADER_BYTES + payloadBytes)
  const view = new DataView(message.buffer)
  view.setUint8(0, packet.kind === 'video' ? VIDEO : AUDIO)
  view.setUint8(1, (packet.key ? KEY_FLAG : 0) | ((packet.track ?? 0) << TRACK_SHIFT))
  view.setUint16(2, packet.epoch, true)
  view.setUint32(4, packet.durationUs, true)
  view.setFloat64(8, packet.timestampUs, true)
  return { message, payload: message.subarray(PACKET_HEADER_BYTES) }
}

export function encodeHeaders(headers: ProgramHeaders): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify({
    epoch: headers.epoch,
    video: headers.video && { ...headers.video, avcC: toBase64(headers.video.avcC) },
    audio: headers.audio && { ...headers.audio, asc: toBase64(headers.audio.asc) },
  })
  const text = new TextEncoder().encode(json)
  const message = new Uint8Array(4 + text.length)
  message[0] = HEADERS
  message.set(text, 4)
  return message
}

const bytesFromBase64 = z.base64().max(100_000).transform(fromBase64)
const headersSchema = z.object({
  epoch: z.int().min(0).max(0xffff),
  video: z
    .object({
      codec: z.enum(['avc', 'vp8']), codecString: z.string().max(40), width: z.int(), height: z.int(),
      frameRate: z.number(), bitrateKbps: z.number(), avcC: bytesFromBase64,
    })
    .nullable(),
  audio: z
    .object({ codec: z.literal('aac'), sampleRate: z.int(), channels: z.int(), bitrateKbps: z.number(), asc: bytesFromBase64 })
    .nullable(),
})

/** Reads one message. Throws a plain Error on anything that is not one. The packet's data is a view, not a copy. */
export function decodeMessage(message: Uint8Array): PortMessage {
  if (message.length > MAX_MESSAGE_BYTES) throw new Error('program message too large')
  if (message[0] === HEADERS && message.length > 4) {
    const parsed = headersSchema.parse(JSON.parse(new TextDecoder().decode(message.subarray(4))))
    const headers: ProgramHeaders = { epoch: parsed.epoch, video: parsed.video satisfies VideoHeader | null, audio: parsed.audio satisfies AudioHeader | null }
    return { type: 'headers', headers }
  }
  if ((message[0] === VIDEO || message[0] === AUDIO) && message.length > PACKET_HEADER_BYTES) {
    const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
    const timestampUs = view.getFloat64(8, true)
    if (!Number.isFinite(timestampUs) || timestampUs < 0) throw new Error('program packet without a time stamp')
    const flags = view.getUint8(1)
    const track = flags >> TRACK_SHIFT
    if (track !== 0 && (message[0] === VIDEO || track < 2 || track > SOUND_TRACKS)) throw new Error(`program packet of track ${track}`)
    return {
      type: 'packet',
      packet: {
        kind: message[0] === VIDEO ? 'video' : 'audio',
        key: (flags & KEY_FLAG) !== 0,
        ...(track !== 0 && { track }),
        epoch: view.getUint16(2, true),
        durationUs: view.getUint32(4, true),
        timestampUs,
        data: message.subarray(PACKET_HEADER_BYTES),
      },
    }
  }
  throw new Error('unknown program message')
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0))
}
