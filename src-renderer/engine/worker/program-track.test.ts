import { describe, expect, it } from 'vitest'
import { ProgramTrack } from './program-track.ts'

class FakeFrame {
  static open = 0
  constructor() {
    FakeFrame.open++
  }
  clone(): FakeFrame {
    return new FakeFrame()
  }
  close(): void {
    FakeFrame.open--
  }
}

const frame = () => new FakeFrame() as unknown as VideoFrame
const settle = () => new Promise<void>((resolve) => setTimeout(resolve))

function sink(write: (frame: VideoFrame) => void | Promise<void>) {
  let ended = false
  const stream = new WritableStream<VideoFrame>({ write, close: () => void (ended = true) }, new CountQueuingStrategy({ highWaterMark: 2 }))
  return { stream, ended: () => ended }
}

describe('ProgramTrack', () => {
  it('hands on a reference of each frame, which the sink closes', async () => {
    FakeFrame.open = 0
    let taken = 0
    const { stream, ended } = sink((each) => {
      taken++
      each.close()
    })
    const track = new ProgramTrack()
    expect(track.wanted).toBe(false)
    track.attach(stream)
    for (let n = 0; n < 5; n++) {
      const composed = frame()
      track.write(composed)
      composed.close()
      await settle()
    }
    expect(taken).toBe(5)
    expect(FakeFrame.open).toBe(0)
    track.detach()
    await settle()
    expect(ended()).toBe(true)
    expect(track.wanted).toBe(false)
  })

  it('skips frames instead of letting them pile up when nobody reads', async () => {
    FakeFrame.open = 0
    const { stream } = sink(() => new Promise(() => {}))
    const track = new ProgramTrack()
    track.attach(stream)
    let taken = 0
    for (let n = 0; n < 10; n++) {
      const composed = frame()
      if (track.write(composed)) taken++
      composed.close()
      await settle()
    }
    expect(FakeFrame.open).toBeLessThanOrEqual(3)
    expect([taken, track.framesSkipped]).toEqual([2, 8])
  })

  it('closes frames that a broken stream refuses, and is no longer wanted then', async () => {
    FakeFrame.open = 0
    const { stream } = sink(() => {
      throw new Error('stopped')
    })
    const track = new ProgramTrack()
    track.attach(stream)
    const composed = frame()
    track.write(composed)
    composed.close()
    await settle()
    await settle()
    expect(FakeFrame.open).toBe(0)
    expect(track.wanted).toBe(false)
  })
})
