import { describe, expect, it } from 'vitest'
import { CreditGate } from './credit.ts'

function rig(maxAudio = 4) {
  const sent: Uint8Array[] = []
  let keyFrames = 0
  const gate = new CreditGate((message) => sent.push(message), () => void keyFrames++, maxAudio)
  const video = (bytes: number, key = false): boolean => {
    const admitted = gate.admitsVideo(key, bytes)
    if (admitted) gate.sendVideo(new Uint8Array(bytes))
    return admitted
  }
  return { gate, sent, video, keyFrames: () => keyFrames, sentBytes: () => sent.reduce((sum, each) => sum + each.length, 0) }
}

describe('the credit gate', () => {
  it('sends nothing before credit is granted, and asks for a key frame when it is', () => {
    const { gate, sent, video, keyFrames } = rig()
    expect(video(10, true)).toBe(false)
    expect(sent).toHaveLength(0)
    gate.grant(100)
    expect(keyFrames()).toBe(1)
    expect(video(10)).toBe(false)
    expect(video(10, true)).toBe(true)
    expect(video(10)).toBe(true)
  })

  it('never sends more video and sound than was granted, whatever comes', () => {
    const { gate, sentBytes, video } = rig()
    gate.grant(5000)
    for (let index = 0; index < 1000; index++) {
      video(37 + (index % 90), index % 30 === 0)
      gate.sendAudio(new Uint8Array(20))
    }
    expect(sentBytes()).toBeLessThanOrEqual(5000)
    expect(sentBytes()).toBeGreaterThan(4000)
  })

  it('drops up to the next key frame once credit has run out', () => {
    const { gate, video, keyFrames } = rig()
    gate.grant(100)
    expect(video(90, true)).toBe(true)
    expect(video(20)).toBe(false)
    const before = keyFrames()
    gate.grant(100)
    expect(keyFrames()).toBe(before + 1)
    expect(video(20)).toBe(false)
    expect(video(20, true)).toBe(true)
    expect(gate.videoDropped).toBe(2)
  })

  it('asks for a key frame only when one of the last size can pass', () => {
    const { gate, video, keyFrames } = rig()
    gate.grant(100)
    expect(video(500, true)).toBe(false)
    const before = keyFrames()
    gate.grant(100)
    gate.grant(200)
    expect(keyFrames()).toBe(before)
    gate.grant(200)
    expect(keyFrames()).toBe(before + 1)
  })

  it('keeps a little sound for later, in order, and drops the oldest beyond', () => {
    const { gate, sent } = rig(4)
    for (let index = 0; index < 10; index++) gate.sendAudio(Uint8Array.of(index))
    expect(sent).toHaveLength(0)
    expect(gate.audioDropped).toBe(6)
    gate.grant(3)
    gate.sendAudio(Uint8Array.of(10))
    expect(sent.map((each) => each[0])).toEqual([6, 7, 8])
    gate.grant(10)
    expect(sent.map((each) => each[0])).toEqual([6, 7, 8, 9, 10])
  })

  it('forgets everything on a new connection', () => {
    const { gate, sent, video } = rig()
    gate.grant(100)
    video(10, true)
    gate.reset()
    expect(gate.creditBytes).toBe(0)
    gate.grant(100)
    expect(video(10)).toBe(false)
    expect(sent).toHaveLength(1)
  })
})
