import { describe, expect, it } from 'vitest'
import { FakeEngineClock } from '../fake-clock.ts'
import { startTicker } from './ticker.ts'

function rig(frameRate: number, work: (clock: FakeEngineClock, index: number) => void | Promise<void> = () => {}, originMs = 1_700_000_000_007) {
  const clock = new FakeEngineClock(originMs)
  const stamps: number[] = []
  let dropped = 0
  const ticker = startTicker({
    clock,
    frameRate,
    onTick(timestampUs) {
      stamps.push(timestampUs)
      return work(clock, stamps.length - 1)
    },
    onDropped: (count) => (dropped += count),
  })
  return { clock, stamps, ticker, dropped: () => dropped }
}

describe('the ticker', () => {
  for (const frameRate of [15, 24, 30, 50, 60]) {
    it(`gives ${frameRate} ticks a second on an exact grid, with every full second on it`, async () => {
      const { clock, stamps, ticker, dropped } = rig(frameRate)
      await clock.advance(10_000)
      ticker.stop()
      expect(stamps).toHaveLength(10 * frameRate)
      expect(dropped()).toBe(0)
      const perSecond = 1_000_000 / frameRate
      stamps.forEach((stamp) => expect(Math.abs(stamp - Math.round(stamp / perSecond) * perSecond)).toBeLessThanOrEqual(0.5))
      expect(stamps.filter((stamp) => stamp % 1_000_000 === 0)).toHaveLength(10)
    })
  }

  it('does not drift', async () => {
    const { clock, stamps, ticker } = rig(30)
    await clock.advance(60_000)
    const span = (stamps.at(-1) ?? 0) - (stamps[0] ?? 0)
    ticker.stop()
    expect(Math.abs(span - (1799 * 1_000_000) / 30)).toBeLessThanOrEqual(1)
  })

  it('makes up for a short delay with the right stamps', async () => {
    const { clock, stamps, ticker, dropped } = rig(30, (clock, index) => {
      if (index === 3) clock.block(80)
    })
    await clock.advance(1000)
    ticker.stop()
    expect(dropped()).toBe(0)
    const steps = stamps.slice(1).map((stamp, index) => stamp - (stamps[index] ?? 0))
    expect(Math.max(...steps)).toBeLessThanOrEqual(33_334)
  })

  it('drops and counts what comes too late, and goes on with the grid', async () => {
    const { clock, stamps, ticker, dropped } = rig(30, (clock, index) => {
      if (index === 3) clock.block(1000)
    })
    await clock.advance(3000)
    ticker.stop()
    expect(dropped()).toBe(29)
    expect(stamps.length + dropped()).toBe(90)
    expect(new Set(stamps).size).toBe(stamps.length)
  })

  it('waits for a tick to finish before the next', async () => {
    let running = 0
    let most = 0
    const { clock, ticker } = rig(60, async (clock) => {
      most = Math.max(most, ++running)
      await new Promise<void>((resolve) => clock.after(40, resolve))
      running--
    })
    await clock.advance(1000)
    ticker.stop()
    expect(most).toBe(1)
  })

  it('goes on after a tick that fails, and counts it', async () => {
    const { clock, stamps, ticker, dropped } = rig(30, (_clock, index) => {
      if (index === 3) throw new Error('no picture')
    })
    await clock.advance(1000)
    ticker.stop()
    expect(dropped()).toBe(1)
    expect(stamps.length).toBeGreaterThanOrEqual(29)
  })

  it('leaves no timer behind', async () => {
    const { clock, ticker } = rig(30)
    await clock.advance(100)
    ticker.stop()
    expect(clock.timers).toBe(0)
  })
})
