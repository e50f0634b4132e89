import { describe, expect, it } from 'vitest'
import { audioPacket, fakeProgram, videoPacket } from '../bus/fake-program.ts'
import { Interleaver } from './interleaver.ts'

const both = { video: true, audio: true }
const names = (packets: readonly { kind: string; timestampUs: number }[]) => packets.map(({ kind, timestampUs }) => `${kind} ${timestampUs / 1000}`)

describe('Interleaver', () => {
  it('passes on in the order of times, whichever kind is behind', () => {
    const program = [...fakeProgram(0, 3000)]
    for (const lateMs of [-300, 0, 300]) {
      const arriving = program.toSorted((a, b) => a.timestampUs + (a.kind === 'audio' ? lateMs * 1000 : 0) - b.timestampUs - (b.kind === 'audio' ? lateMs * 1000 : 0))
      const interleaver = new Interleaver(both)
      const passed = [...arriving.flatMap((packet) => interleaver.push(packet)), ...interleaver.drain()]
      expect(passed).toHaveLength(program.length)
      expect(passed.every((packet, n) => n === 0 || packet.timestampUs >= (passed[n - 1]?.timestampUs ?? 0))).toBe(true)
    }
  })

  it('waits a second for a kind that has stopped, and no longer', () => {
    const interleaver = new Interleaver(both)
    expect(interleaver.push(videoPacket(0, true))).toEqual([])
    expect(interleaver.push(videoPacket(1000))).toEqual([])
    expect(names(interleaver.push(videoPacket(1100)))).toEqual(['video 0'])
    expect(names(interleaver.push(audioPacket(1050)))).toEqual(['video 1000', 'audio 1050'])
    expect(names(interleaver.drain())).toEqual(['video 1100'])
  })

  it('holds nothing back, and lets nothing through, that is alone or not wanted', () => {
    const interleaver = new Interleaver({ video: false, audio: true })
    expect(interleaver.push(videoPacket(0, true))).toEqual([])
    expect(names(interleaver.push(audioPacket(10)))).toEqual(['audio 10'])
  })
})
