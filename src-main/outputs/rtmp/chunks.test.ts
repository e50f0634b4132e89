import { describe, expect, it } from 'vitest'
import { ChunkReader } from './chunk-reader.ts'
import type { RtmpMessage } from './chunk-reader.ts'
import { ChunkWriter } from './chunk-writer.ts'
import { media, MESSAGE, setChunkSize } from './messages.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const read = (bytes: Uint8Array, pieceBytes = bytes.length): RtmpMessage[] => {
  const messages: RtmpMessage[] = []
  const reader = new ChunkReader((message) => messages.push(message))
  for (let at = 0; at < bytes.length; at += pieceBytes) reader.push(bytes.subarray(at, at + pieceBytes))
  return messages
}
const counted = (length: number) => Uint8Array.from({ length }, (_, i) => i % 253)

describe('ChunkReader', () => {
  it('reads the example of RTMP 1.0 §5.3.2.1: four audio messages with formats 0, 2, 3, 3', () => {
    const body = '00'.repeat(32)
    const bytes = hex(`03 0003e8 000020 08 39300000 ${body} 83 000014 ${body} c3 ${body} c3 ${body}`)
    expect(read(bytes).map(({ timestampMs, type, streamId, payload }) => [timestampMs, type, streamId, payload.length])).toEqual([
      [1000, 8, 12345, 32], [1020, 8, 12345, 32], [1040, 8, 12345, 32], [1060, 8, 12345, 32],
    ])
  })

  it('reads the example of §5.3.2.2: one message of 307 bytes in three chunks, in pieces of any size', () => {
    const payload = counted(307)
    const bytes = Buffer.concat([hex('04 0003e8 000133 09 3a300000'), payload.subarray(0, 128), hex('c4'), payload.subarray(128, 256), hex('c4'), payload.subarray(256)])
    for (const pieceBytes of [1, 3, 127, 400]) {
      expect(read(bytes, pieceBytes)).toEqual([{ type: 9, streamId: 12346, timestampMs: 1000, payload: Buffer.from(payload) }])
    }
  })

  it('reads headers of format 1 and chunk stream numbers of two and three bytes', () => {
    const bytes = hex('00 06 000001 000001 09 01000000 aa  40 06 000002 000002 08 bbbb  01 2c01 000005 000001 12 00000000 cc')
    expect(read(bytes, 1).map(({ timestampMs, type, streamId, payload }) => [timestampMs, type, streamId, payload.toString('hex')])).toEqual([
      [1, 9, 1, 'aa'], [3, 8, 1, 'bbbb'], [5, 18, 0, 'cc'],
    ])
  })

  it('reads extended time stamps, on chunks of format 3 too', () => {
    const payload = counted(200)
    const bytes = Buffer.concat([hex('06 ffffff 0000c8 09 01000000 01000005'), payload.subarray(0, 128), hex('c6 01000005'), payload.subarray(128)])
    expect(read(bytes, 5)).toEqual([{ type: 9, streamId: 1, timestampMs: 0x01000005, payload: Buffer.from(payload) }])
  })

  it('puts interleaved messages together', () => {
    const [a, b] = [counted(150), counted(140)]
    const bytes = Buffer.concat([
      hex('04 000000 000096 08 00000000'), a.subarray(0, 128), hex('05 000000 00008c 09 00000000'), b.subarray(0, 128),
      hex('c4'), a.subarray(128), hex('c5'), b.subarray(128),
    ])
    expect(read(bytes).map((m) => [m.type, m.payload])).toEqual([[8, Buffer.from(a)], [9, Buffer.from(b)]])
  })

  it('obeys a new chunk size from the next chunk on, and an abort', () => {
    const half = counted(200)
    const bytes = Buffer.concat([
      hex('04 000000 0000c8 14 00000000'), half.subarray(0, 128),
      hex('02 000000 000004 02 00000000 00000004'), // abort chunk stream 4
      hex('02 000000 000004 01 00000000 000000c8'), // 200 bytes from now on
      hex('04 000000 0000c8 12 00000000'), half,
    ])
    expect(read(bytes, 11)).toEqual([{ type: 18, streamId: 0, timestampMs: 0, payload: Buffer.from(half) }])
  })

  it.each([
    ['a chunk of an unknown stream', 'c7'],
    ['a chunk size of 0', '02 000000 000004 01 00000000 00000000'],
    ['a chunk size with its top bit set', '02 000000 000004 01 00000000 80000000'],
  ])('refuses %s', (_, bytes) => {
    expect(() => read(hex(bytes))).toThrow('protocol-error')
  })

  it('refuses more than 64 chunk streams', () => {
    const many = new ChunkReader(() => {})
    const open = (n: number) => many.push(Buffer.concat([Buffer.of(0, n), hex('000000 000000 09 00000000')]))
    for (let n = 0; n < 64; n++) open(n)
    expect(() => open(64)).toThrow('too many chunk streams')
  })

  it('refuses more than 16 MiB of unfinished messages in all', () => {
    const reader = new ChunkReader(() => {})
    reader.push(hex('02 000000 000004 01 00000000 00ffffff'))
    const chunk = Buffer.alloc(9 * 1024 * 1024)
    reader.push(Buffer.concat([hex('04 000000 fffffe 09 00000000'), chunk]))
    reader.push(Buffer.alloc(0xfffffe - chunk.length))
    expect(reader.heldBytes).toBe(0)
    reader.push(hex('02 000000 000004 01 00000000 00100000'))
    const feed = () => {
      for (let stream = 4; stream < 40; stream++) reader.push(Buffer.concat([Buffer.of(stream), hex('000000 fffffe 09 00000000'), Buffer.alloc(0x100000)]))
    }
    expect(feed).toThrow('too much in unfinished messages')
    expect(reader.heldBytes).toBeLessThanOrEqual(17 * 1024 * 1024)
  })
})

describe('ChunkWriter', () => {
  it('writes one full header and cuts at the chunk size without copying the payload', () => {
    const payload = counted(300)
    const parts = new ChunkWriter().write(media('video', 1, 1000, Uint8Array.of(0x17, 1, 0, 0, 0), payload))
    expect(Buffer.from(parts[0] ?? [])).toEqual(hex('06 0003e8 000131 09 01000000 1701000000'))
    expect(parts.map((part) => part.length)).toEqual([17, 123, 1, 128, 1, 49])
    expect(parts.filter((_, i) => i % 2 === 1).every((part) => part.buffer === payload.buffer)).toBe(true)
  })

  it.each([0, 1, 123, 124, 128, 1000, 200_000])('is understood by the reader: %i bytes', (length) => {
    const writer = new ChunkWriter()
    const announce = writer.write(setChunkSize(4096))
    writer.chunkBytes = 4096
    const payload = counted(length)
    for (const timestampMs of [0, 0xfffffe, 0xffffff, 0x1000000, 0xffffffff]) {
      const bytes = Buffer.concat([...announce, ...writer.write(media('audio', 1, timestampMs, Uint8Array.of(0xaf, 1), payload))])
      expect(read(bytes, 1000)).toEqual([{ type: MESSAGE.audio, streamId: 1, timestampMs, payload: Buffer.concat([Buffer.of(0xaf, 1), payload]) }])
    }
  })

  it('lets time stamps wrap at 2^32', () => {
    const [message] = read(Buffer.concat(new ChunkWriter().write(media('audio', 1, 0x1_0000_0007, new Uint8Array(0), counted(1)))))
    expect(message?.timestampMs).toBe(7)
  })
})
