import { describe, expect, it } from 'vitest'
import { SrtLine } from './srt-line.ts'
import { readSrtPacket, sequenceDistance } from './srt-wire.ts'

const control = (type: number, body: readonly number[] = []): Buffer => {
  const bytes = Buffer.alloc(16 + body.length * 4)
  bytes.writeUInt16BE(0x8000 | type)
  body.forEach((word, index) => bytes.writeUInt32BE(word >>> 0, 16 + index * 4))
  return bytes
}
const data = (sequence: number, repeated = false): Buffer => {
  const bytes = Buffer.alloc(16 + 1316)
  bytes.writeUInt32BE(sequence)
  bytes.writeUInt32BE(repeated ? 0xc4000001 : 0xc0000001, 4)
  return bytes
}
/** Type in the sixth word. */
const handshake = (kind: number) => control(0, [5, 0, 1, 1500, 8192, kind, 1, 2, 0, 0, 0, 0])
const acknowledgement = (next: number, rttUs?: number) => control(2, rttUs === undefined ? [next] : [next, rttUs, 0, 8000, 0, 0, 0])

const CONCLUSION = 0xffffffff
const INDUCTION = 1

describe('the wire', () => {
  it('is read defensively', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(15), control(0), control(2)]) expect(readSrtPacket(bytes)).toBeNull()
    expect(readSrtPacket(control(1))).toEqual({ type: 'other' })
    expect(readSrtPacket(control(5))).toEqual({ type: 'shutdown' })
  })
  it('reads losses, alone and in ranges', () => {
    expect(readSrtPacket(control(3, [7]))).toEqual({ type: 'loss', ranges: [[7, 7]] })
    expect(readSrtPacket(control(3, [0x80000000 + 10, 14, 20]))).toEqual({ type: 'loss', ranges: [[10, 14], [20, 20]] })
    expect(readSrtPacket(control(3, [0x80000000 + 0x7ffffffe, 1]))).toEqual({ type: 'loss', ranges: [[0x7ffffffe, 1]] })
  })
  it('knows that numbers begin anew', () => {
    expect(sequenceDistance(0x7fffffff, 2)).toBe(3)
    expect(sequenceDistance(2, 0x7fffffff)).toBe(-3)
  })
})

describe('a caller’s line', () => {
  const open = () => {
    const line = new SrtLine('caller')
    line.fromStudio(handshake(INDUCTION), 0)
    line.fromPeer(handshake(INDUCTION))
    line.fromStudio(handshake(CONCLUSION), 0)
    expect(line.state).toBe('knocking')
    line.fromPeer(handshake(CONCLUSION))
    return line
  }

  it('opens with the listener’s answer, and closes with its farewell', () => {
    const line = open()
    expect(line.state).toBe('open')
    line.fromPeer(control(5))
    expect(line.state).toBe('closed')
  })
  it('knows why it was refused', () => {
    const line = new SrtLine('caller')
    line.fromStudio(handshake(INDUCTION), 0)
    line.fromPeer(handshake(1010))
    expect(line).toMatchObject({ state: 'refused', rejection: 10 })
  })
  it('counts what left, what came again and what arrived, also where the numbers begin anew', () => {
    const line = open()
    const first = 0x7ffffffe
    for (let n = 0; n < 10; n++) line.fromStudio(data((first + n) % 2 ** 31), n)
    line.fromStudio(data(first + 1, true), 11)
    expect(line).toMatchObject({ sentPackets: 10, retransmits: 1, acknowledgedPackets: 0 })
    line.fromPeer(acknowledgement(0x7fffffff))
    expect(line.acknowledgedPackets).toBe(1)
    line.fromPeer(acknowledgement(6, 23_456))
    expect(line).toMatchObject({ acknowledgedPackets: 8, rttMs: 23.456 })
    // Neither back nor ahead of what was sent.
    line.fromPeer(acknowledgement(3))
    line.fromPeer(acknowledgement(5000))
    expect(line.acknowledgedPackets).toBe(8)
  })
  it('counts packets that came too late to be sent at all', () => {
    const line = open()
    line.fromStudio(data(1), 0)
    line.fromStudio(data(5), 1)
    expect(line.sentPackets).toBe(5)
  })
  it('counts a packet that was lost once, however often the receiver asks for it', () => {
    const line = new SrtLine('caller')
    for (let n = 0; n < 100; n++) line.fromStudio(data(n), n * 10)
    for (let n = 0; n < 5; n++) line.fromPeer(control(3, [50, 0x80000000 + 60, 62]))
    line.fromPeer(control(3, [0x80000000 + 61, 64]))
    expect(line.lossPercent(1000)).toBeCloseTo(6, 0)
  })
  it('tells the losses of the last seconds', () => {
    const line = open()
    expect(line.lossPercent(0)).toBeNull()
    for (let n = 0; n < 100; n++) line.fromStudio(data(n), n * 10)
    line.fromPeer(control(3, [10, 20, 30]))
    expect(line.lossPercent(1000)).toBeGreaterThan(2)
    for (let n = 100; n < 1500; n++) line.fromStudio(data(n), n * 10)
    expect(line.lossPercent(15_000)).toBe(0)
  })
})

it('tells the longest delay that either end asked for', () => {
  const line = new SrtLine('caller')
  const withDelays = (kind: number, type: number, receiver: number, sender: number) => control(0, [5, 0, 1, 1500, 8192, kind, 1, 2, 0, 0, 0, 0, 0x50001, 0, type * 65_536 + 3, 0x10405, 0xbf, receiver * 65_536 + sender])
  line.fromStudio(handshake(INDUCTION), 0)
  expect(line.latencyMs).toBe(0)
  line.fromStudio(withDelays(CONCLUSION, 1, 200, 200), 0)
  line.fromPeer(withDelays(CONCLUSION, 2, 2500, 200))
  expect(line).toMatchObject({ state: 'open', latencyMs: 2500 })
})

it('a listener’s line opens with FFmpeg’s answer to the caller', () => {
  const line = new SrtLine('listener')
  line.fromPeer(handshake(CONCLUSION))
  expect(line.state).toBe('knocking')
  line.fromStudio(handshake(CONCLUSION), 0)
  expect(line.state).toBe('open')
})
