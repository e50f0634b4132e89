import { describe, expect, it } from 'vitest'
import type { Packet, ProgramHeaders } from './packet.ts'
import { decodeMessage, encodeHeaders, framePacket, MAX_MESSAGE_BYTES, portCommand } from './wire.ts'

const packet: Packet = {
  kind: 'video', key: true, timestampUs: 123_456_789_012.5, durationUs: 33_333, epoch: 65_535, data: Uint8Array.from([0, 0, 0, 2, 0x65, 0x88]),
}

function encode(of: Packet): Uint8Array {
  const { message, payload } = framePacket(of, of.data.byteLength)
  payload.set(of.data)
  return message
}

const headers: ProgramHeaders = {
  epoch: 3,
  video: { codec: 'avc', codecString: 'avc1.4d401f', width: 1280, height: 720, frameRate: 30, bitrateKbps: 2500, avcC: Uint8Array.from({ length: 40 }, (_, i) => i * 6) },
  audio: { codec: 'aac', sampleRate: 48_000, channels: 2, bitrateKbps: 128, asc: Uint8Array.from([0x11, 0x90]) },
}

describe('the program port’s messages', () => {
  it.each<Packet>([packet, { ...packet, kind: 'audio', timestampUs: 0, durationUs: 21_333, epoch: 0 }, { ...packet, key: false, durationUs: 0xffff_ffff }, ...[2, 3, 4, 5, 6].map((track): Packet => ({ ...packet, kind: 'audio', track }))])(
    'carry a packet unchanged (%#)', (each) => expect(decodeMessage(encode(each))).toEqual({ type: 'packet', packet: each }),
  )

  it('are laid out as documented', () => {
    const bytes = encode({ ...packet, timestampUs: 1, durationUs: 0x01020304, epoch: 0x0506 })
    expect([...bytes.subarray(0, 8)]).toEqual([1, 1, 6, 5, 4, 3, 2, 1])
    expect(new DataView(bytes.buffer).getFloat64(8, true)).toBe(1)
    expect([...bytes.subarray(16)]).toEqual([...packet.data])
  })

  it('give the payload as a view, not a copy, wherever the message lies in its buffer', () => {
    const bytes = encode(packet)
    const pool = new Uint8Array(100)
    pool.set(bytes, 7)
    const decoded = decodeMessage(pool.subarray(7, 7 + bytes.length))
    expect(decoded).toEqual({ type: 'packet', packet })
    expect(decoded.type === 'packet' && decoded.packet.data.buffer).toBe(pool.buffer)
  })

  it.each<ProgramHeaders>([headers, { ...headers, audio: null }, { ...headers, video: null }])('carry headers unchanged (%#)', (each) =>
    expect(decodeMessage(encodeHeaders(each))).toEqual({ type: 'headers', headers: each }),
  )

  it.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array(0)],
    ['an unknown kind', Uint8Array.from([4, ...new Uint8Array(40)])],
    ['a packet without payload', encode(packet).subarray(0, 16)],
    ['headers without text', Uint8Array.from([3, 0, 0, 0])],
    ['headers that are no JSON', Uint8Array.from([3, 0, 0, 0, 0x7b])],
    ['headers with an epoch that does not fit', encodeHeaders({ ...headers, epoch: 70_000 })],
    ['too much', new Uint8Array(MAX_MESSAGE_BYTES + 1).fill(1)],
    ['a time stamp before zero', encode({ ...packet, timestampUs: -1 })],
    ['a track that is none', encode({ ...packet, kind: 'audio', track: 7 })],
    ['a picture in a track of sound', encode({ ...packet, track: 2 })],
    ['a time stamp that is no number', encode({ ...packet, timestampUs: Number.NaN })],
  ])('are refused when they are %s', (_, message) => expect(() => decodeMessage(message)).toThrow())

  it('refuse a command that grants nothing', () => {
    expect(portCommand.safeParse({ type: 'credit', bytes: 0 }).success).toBe(false)
    expect(portCommand.safeParse({ type: 'credit', bytes: 1.5 }).success).toBe(false)
    expect(portCommand.parse({ type: 'key-frame' })).toEqual({ type: 'key-frame' })
  })
})
