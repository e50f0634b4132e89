import { describe, expect, it } from 'vitest'
import { FakeEngineClock } from '../../fake-clock.ts'
import type { Clip } from './clip.ts'
import { ClipPlay } from './play-clip.ts'
import { StingerClips } from './stinger-clips.ts'

class FakeFrame {
  static open = 0
  readonly format = 'I420'
  readonly visibleRect = { width: 4, height: 2 }
  constructor(readonly timestamp: number) {
    FakeFrame.open++
  }
  close(): void {
    FakeFrame.open--
  }
}

/** Decodes when told to, as decoders do. */
class FakeDecoder {
  state: CodecState = 'configured'
  readonly waiting: number[] = []
  constructor(readonly init: VideoDecoderInit) {}
  configure(): void {}
  decode(chunk: EncodedVideoChunk): void {
    this.waiting.push(chunk.timestamp)
  }
  async flush(): Promise<void> {}
  close(): void {
    this.state = 'closed'
  }
  work(): void {
    for (const timestamp of this.waiting.splice(0)) this.init.output(new FakeFrame(timestamp) as unknown as VideoFrame)
  }
}

function rig(frames: number, withAlpha = true) {
  FakeFrame.open = 0
  const decoders: FakeDecoder[] = []
  const chunk = (index: number) => ({ timestamp: index * 40_000 }) as EncodedVideoChunk
  const packets = Array.from({ length: frames }, (_, index) => ({ timestampMs: index * 40, colour: chunk(index), alpha: withAlpha ? chunk(index) : null }))
  const clip: Clip = { config: { codec: 'vp09.00.10.08' }, lengthMs: frames * 40, packets }
  const play = new ClipPlay(clip, (init) => {
    const decoder = new FakeDecoder(init)
    decoders.push(decoder)
    return decoder
  })
  return { play, decoders, work: () => decoders.forEach((each) => each.work()) }
}

describe('playing a clip with opacity', () => {
  it('shows nothing before its first picture is decoded, then the one of the moment', () => {
    const { play, work } = rig(10)
    play.seek(0)
    expect(play.picture).toBeNull()
    work()
    play.seek(0)
    expect(play.picture).toMatchObject({ opaque: false, version: 1 })
    play.seek(39)
    expect(play.picture?.version).toBe(1)
    play.seek(85)
    expect(play.picture?.version).toBe(3)
  })

  it('decodes only a little ahead, to the end', () => {
    const { play, decoders, work } = rig(30)
    expect(decoders[0]?.waiting).toHaveLength(6)
    for (let ms = 0; ms < 1200; ms += 40) {
      work()
      play.seek(ms)
      expect(FakeFrame.open).toBeLessThanOrEqual(16)
    }
    expect(play.picture?.version).toBe(30)
  })

  it('waits for the opacity of a picture', () => {
    const { play, decoders } = rig(4)
    decoders[0]?.work()
    play.seek(100)
    expect(play.picture).toBeNull()
    decoders[1]?.work()
    play.seek(100)
    expect(play.picture?.version).toBe(3)
  })

  it('takes an opaque video as one, with one decoder', () => {
    const { play, decoders, work } = rig(4, false)
    work()
    play.seek(0)
    expect(decoders).toHaveLength(1)
    expect(play.picture?.opaque).toBe(true)
  })

  it('closes every frame, also those that come afterwards, and stops when a decoder fails', () => {
    for (const end of ['close', 'fail'] as const) {
      const { play, decoders, work } = rig(20)
      work()
      play.seek(50)
      if (end === 'close') play.close()
      else decoders[1]?.init.error(new DOMException('broken'))
      decoders[0]?.init.output(new FakeFrame(9) as unknown as VideoFrame)
      expect(FakeFrame.open).toBe(0)
      expect(play.picture).toBeNull()
      play.seek(90)
      expect(decoders.map((each) => each.state)).toEqual(['closed', 'closed'])
    }
  })
})

describe('the clips of a show', () => {
  it('are loaded once when named, forgotten when not, and tried again when they could not be had', async () => {
    const asked: string[] = []
    const clock = new FakeEngineClock()
    const clips = new StingerClips('http://here/assets/', clock, async (address) => {
      asked.push(address)
      if (asked.length === 1) throw new Error('not yet')
      return { config: { codec: 'vp8' }, lengthMs: 700, packets: [] }
    })
    clips.follow(new Set(['a b']))
    clips.follow(new Set(['a b']))
    await Promise.resolve().then(() => {})
    await new Promise((resolve) => setTimeout(resolve))
    expect([asked, clips.lengthMs('a b')]).toEqual([['http://here/assets/a%20b'], 0])
    clips.follow(new Set(['a b']))
    expect(asked).toHaveLength(1)
    clock.block(5000)
    clips.follow(new Set(['a b']))
    await new Promise((resolve) => setTimeout(resolve))
    expect(clips.lengthMs('a b')).toBe(700)
    clips.follow(new Set())
    expect(clips.lengthMs('a b')).toBe(0)
  })
})
