import { describe, expect, it } from 'vitest'
import { OfferedRate } from './offered-rate.ts'

const GROUP_SECONDS = 2

/** The rate at the end, when this much comes in each tenth of a second. */
function rate(bytesAt: (atMs: number) => number, toMs: number, everyMs = 100): number | null {
  const offered = new OfferedRate()
  let total = 0
  let last: number | null = null
  for (let atMs = 0; atMs <= toMs; atMs += everyMs) {
    total += bytesAt(atMs)
    last = offered.look(total, atMs, GROUP_SECONDS)
  }
  return last
}

describe('OfferedRate', () => {
  it('is the rate of what comes evenly, however often it is looked at', () => {
    expect(rate(() => 12_500, 5000)).toBeCloseTo(1000)
    expect(rate(() => 6250, 5000, 50)).toBeCloseTo(1000)
  })

  it('is not known at first', () => {
    expect(rate(() => 12_500, 200)).toBeNull()
    expect(rate(() => 12_500, 300)).not.toBeNull()
  })

  it('spreads a key frame over its group', () => {
    const still = (atMs: number) => (atMs === 4000 ? 100_000 : 1250)
    expect(rate(still, 3900)).toBeCloseTo(100)
    for (const toMs of [4000, 4300, 4900]) expect(rate(still, toMs)).toBeCloseTo(495, -1)
    expect(rate(still, 5000)).toBeCloseTo(100)
  })

  it('sees motion within 300 ms', () => {
    const moving = (atMs: number) => (atMs > 4000 ? 62_500 : 1250)
    expect(rate(moving, 4300)).toBeGreaterThan(3000)
    expect(rate(moving, 6000)).toBeCloseTo(5000)
  })

  it('begins anew when the counter does', () => {
    const offered = new OfferedRate()
    for (let atMs = 0; atMs <= 1000; atMs += 100) offered.look(atMs * 100, atMs, GROUP_SECONDS)
    expect(offered.look(0, 1100, GROUP_SECONDS)).toBeNull()
    expect(offered.look(0, 1600, GROUP_SECONDS)).toBeNull()
    expect(offered.look(0, 1700, GROUP_SECONDS)).toBe(0)
  })
})
