import { describe, expect, it } from 'vitest'
import { ProgramTrack } from './program-track.ts'

class FakeFrame {
  static open = 0
  readonly duration = 33_333
  constructor(readonly timestamp: number) {
    FakeFrame.open++
  }
  clone(): FakeFrame {
    return new FakeFrame(this.timestamp)
  }
  close(): void {
    FakeFrame.open--
  }
}

const frame = (n: number) => new FakeFrame(n * 33_333) as unknown as VideoFrame
const settle = () => new Promise<void>((resolve) => setTimeout(resolve))

function sink(write: (frame: VideoFrame) => void | Promise<void>) {
  let ended = false
  const stream = new WritableStream<VideoFrame>({ write, close: () => void (ended = true) }, new CountQueuingStrategy({ highWaterMark: 2 }))
  return { stream, ended: () => ended }
}

describe('ProgramTrack', () => {
  it('hands on a reference of each frame when its sound leaves, which the sink closes, and keeps none at the end', async () => {
    FakeFrame.open = 0
    const taken: number[] = []
    const { stream, ended } = sink((each) => {
      taken.push(each.timestamp)
      each.close()
    })
    const track = new ProgramTrack()
    expect(track.wanted).toBe(false)
    track.attach(stream)
    for (let n = 0; n < 5; n++) {
      const composed = frame(n)
      track.write(composed)
      composed.close()
      await settle()
    }
    // The sound takes two frames longer.
    expect(taken).toEqual([0, 33_333, 66_666])
    expect(FakeFrame.open).toBe(2)
    track.detach()
    expect(FakeFrame.open).toBe(0)
    await settle()
    expect(ended()).toBe(true)
    expect(track.wanted).toBe(false)
  })

  it('waits besides for as long as pictures are held back, and catches up when they are not any more', async () => {
    const taken: number[] = []
    const { stream } = sink((each) => {
      taken.push(Math.round(each.timestamp / 33_333))
      each.close()
    })
    const track = new ProgramTrack()
    track.attach(stream)
    track.holdUs = 100_000
    const write = async (n: number) => {
      const composed = frame(n)
      track.write(composed)
      composed.close()
      await settle()
    }
    for (let n = 0; n < 7; n++) await write(n)
    // Two frames for the sound, three for the hold.
    expect(taken).toEqual([0, 1])
    track.holdUs = 0
    await write(7)
    expect(taken.slice(0, 3)).toEqual([0, 1, 2])
    track.detach()
  })

  it('skips frames instead of letting them pile up when nobody reads', async () => {
    FakeFrame.open = 0
    const { stream } = sink(() => new Promise(() => {}))
    const track = new ProgramTrack()
    track.attach(stream)
    let taken = 0
    for (let n = 0; n < 10; n++) {
      const composed = frame(n)
      if (track.write(composed)) taken++
      composed.close()
      await settle()
    }
    expect(FakeFrame.open).toBeLessThanOrEqual(5)
    // Two wait for their sound, two for the reader.
    expect([taken, track.framesSkipped]).toEqual([4, 6])
  })

  it('closes frames that a broken stream refuses, and is no longer wanted then', async () => {
    FakeFrame.open = 0
    const { stream } = sink(() => {
      throw new Error('stopped')
    })
    const track = new ProgramTrack()
    track.attach(stream)
    for (let n = 0; n < 3; n++) {
      const composed = frame(n)
      track.write(composed)
      composed.close()
    }
    await settle()
    await settle()
    expect(FakeFrame.open).toBe(0)
    expect(track.wanted).toBe(false)
  })
})
