import { describe, expect, it } from 'vitest'
import { fakeHeaders, fakeProgram, videoPacket } from '../bus/fake-program.ts'
import { ReplayBuffer } from './replay-buffer.ts'

function filled(keepSeconds: number, forMs: number, maxBytes?: number) {
  const buffer = new ReplayBuffer(keepSeconds * 1e6, maxBytes)
  buffer.setHeaders(fakeHeaders())
  for (const packet of fakeProgram(0, forMs)) buffer.push(packet)
  return buffer
}

describe('ReplayBuffer', () => {
  it('keeps at least the seconds asked for, from a key frame on, and at most a group more', () => {
    const buffer = filled(20, 300_000)
    expect(buffer.seconds).toBeGreaterThanOrEqual(20)
    expect(buffer.seconds).toBeLessThan(22.1)
    const [first] = buffer.packets
    expect([first?.kind, first?.key]).toEqual(['video', true])
    expect(buffer.bytes).toBe(buffer.packets.reduce((sum, { data }) => sum + data.byteLength, 0))
  })

  it('tells what there is while it is not full yet', () => {
    expect(filled(20, 5000).seconds).toBeCloseTo(4.97, 1)
    expect(new ReplayBuffer(1e6).seconds).toBe(0)
  })

  it('never takes more memory than it may, whatever the rate', () => {
    const buffer = filled(600, 300_000, 50_000)
    expect(buffer.bytes).toBeLessThanOrEqual(50_000)
    expect(buffer.seconds).toBeGreaterThan(5)
    buffer.push(videoPacket(300_000, true, 60_000))
    expect(buffer.bytes).toBeLessThanOrEqual(50_000)
  })

  it('forgets what new headers cannot be in one file with', () => {
    const buffer = filled(20, 5000)
    buffer.setHeaders(fakeHeaders(1))
    expect(buffer.seconds).toBeGreaterThan(4)
    buffer.setHeaders(fakeHeaders(2))
    expect([buffer.seconds, buffer.bytes]).toEqual([0, 0])
  })

  it('begins anywhere where there is no picture', () => {
    const buffer = new ReplayBuffer(5e6)
    buffer.setHeaders(fakeHeaders(1, { video: null }))
    for (const packet of fakeProgram(0, 20_000)) if (packet.kind === 'audio') buffer.push(packet)
    expect(buffer.seconds).toBeGreaterThanOrEqual(5)
    expect(buffer.seconds).toBeLessThan(5.1)
  })
})
