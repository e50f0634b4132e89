import { describe, expect, it } from 'vitest'
import type { VideoHeader } from '@shared/domain/packet.ts'
import { FakeEngineClock } from '../fake-clock.ts'
import { HeldVideo } from './held-video.ts'

const FRAME_US = 40_000

function rig() {
  const clock = new FakeEngineClock()
  const out: ({ stampUs: number; leftUs: number } | string)[] = []
  const held = new HeldVideo(clock, {
    onHeader: ({ codecString }) => out.push(codecString),
    onChunk: (_, __, stampUs) => out.push({ stampUs, leftUs: clock.wallUs() }),
  })
  const startUs = clock.wallUs()
  /** Codes this many pictures, each at its own time. */
  const code = async (count: number): Promise<void> => {
    for (let n = 0; n < count; n++) {
      held.chunk({ timestamp: clock.wallUs() } as EncodedVideoChunk, n === 0)
      await clock.advance(FRAME_US / 1000)
    }
  }
  const stamps = () => out.flatMap((each) => (typeof each === 'string' ? [] : [each.stampUs - startUs]))
  return { clock, held, out, startUs, code, stamps }
}

const header = (codecString: string) => ({ codecString }) as VideoHeader

describe('pictures that are held back', () => {
  it('leave at once and as they are without a hold', () => {
    const { clock, held, out } = rig()
    held.header(header('avc1'))
    held.chunk({ timestamp: 5 } as EncodedVideoChunk, true)
    expect(out).toEqual(['avc1', { stampUs: 5, leftUs: clock.wallUs() }])
    expect(clock.timers).toBe(0)
  })

  it('leave when their moved time stamp has come, with their headers, so that picture and sound stay in order', async () => {
    const { held, out, startUs, code, clock } = rig()
    held.holdUs = 150_000
    held.header(header('avc1'))
    await code(3)
    expect(out).toEqual([])
    await clock.advance(150)
    expect(out[0]).toBe('avc1')
    expect(out.slice(1)).toEqual([0, 1, 2].map((n) => ({ stampUs: startUs + n * FRAME_US + 150_000, leftUs: startUs + n * FRAME_US + 150_000 })))
  })

  it.each([[0, 200_000], [200_000, 0], [200_000, 60_000]])('go from %i µs to %i µs without a stamp that falls back, a hole or a lost picture', async (from, to) => {
    const { held, code, stamps, clock } = rig()
    held.holdUs = from
    await code(10)
    held.holdUs = to
    await code(40)
    await clock.advance(300)
    const all = stamps()
    expect(all).toHaveLength(50)
    expect(all[9]).toBe(9 * FRAME_US + from)
    expect(all.at(-1)).toBe(49 * FRAME_US + to)
    const steps = all.slice(1).map((each, n) => each - (all[n] ?? 0))
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(FRAME_US * 0.75)
    expect(Math.max(...steps)).toBeLessThanOrEqual(FRAME_US * 1.25)
    expect(clock.timers).toBe(0)
  })

  it('are forgotten at the end, and the next first one is held back by what is set then, at once', async () => {
    const { held, code, stamps, clock } = rig()
    held.holdUs = 100_000
    await code(1)
    held.clear()
    await clock.advance(500)
    expect(stamps()).toEqual([])
    held.holdUs = 30_000
    await code(1)
    await clock.advance(30)
    expect(stamps()).toEqual([540_000 + 30_000])
  })
})
