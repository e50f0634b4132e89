import { describe, expect, it } from 'vitest'
import { DeliveredMedia } from './delivered-media.ts'

const FPS = 30
const segment = (durationMs: number) => ({ frames: (durationMs * FPS) / 1000, bytes: durationMs * 250, durationMs })

/** What somebody sees who looks once a second: frames of each second, and kbit/s. */
function look(deliveries: readonly { atMs: number; durationMs: number }[], wishedMs: number, untilMs: number) {
  const media = new DeliveredMedia(wishedMs)
  const fps: number[] = []
  const kbps: number[] = []
  let before = 0
  const left = [...deliveries]
  for (let nowMs = 0; nowMs <= untilMs; nowMs += 500) {
    while (left[0] && left[0].atMs <= nowMs) {
      const { atMs, durationMs } = left.shift() as { atMs: number; durationMs: number }
      media.add(segment(durationMs), atMs)
    }
    kbps.push(Math.round(media.rateKbps(nowMs)))
    if (nowMs % 1000 !== 0 || nowMs === 0) continue
    fps.push(media.at(nowMs).frames - before)
    before = media.at(nowMs).frames
  }
  return { fps, kbps, media }
}

describe('media that comes in segments', () => {
  it('is told at the rate of the program, second by second', () => {
    const { fps, kbps } = look([4, 8, 12, 16, 20].map((s) => ({ atMs: s * 1000, durationMs: 4000 })), 4000, 24_000)
    expect(fps.slice(4)).toEqual(Array.from({ length: 20 }, () => FPS))
    expect(new Set(kbps.slice(13))).toEqual(new Set([2000]))
  })

  it('stays even when segments differ in length and come a little early or late', () => {
    const lengths = [4000, 3300, 4700, 4000, 3600, 4400, 4000, 4000]
    let endMs = 0
    const deliveries = lengths.map((durationMs, n) => ({ durationMs, atMs: (endMs += durationMs) + [80, 10, 150, 40][n % 4]! }))
    const { fps } = look(deliveries, 4000, endMs)
    // Once it lags by the largest difference there is always something left to tell.
    for (const each of fps.slice(13)) expect(Math.abs(each - FPS)).toBeLessThanOrEqual(1)
  })

  it('shows nothing while nothing has been delivered, and no more than was', () => {
    const { fps, media } = look([{ atMs: 4000, durationMs: 4000 }, { atMs: 8000, durationMs: 4000 }], 4000, 20_000)
    expect(fps.slice(0, 4)).toEqual([0, 0, 0, 0])
    expect(fps.slice(12)).toEqual(Array.from({ length: 8 }, () => 0))
    expect(media.at(60_000)).toEqual({ frames: 240, bytes: 2_000_000 })
    expect(media.rateKbps(60_000)).toBe(0)
  })

  it('spreads a short first segment over the time until the next one comes', () => {
    const { fps } = look([{ atMs: 2000, durationMs: 2000 }, { atMs: 6000, durationMs: 4000 }], 4000, 10_000)
    expect(fps.slice(2)).toEqual([15, 15, 15, 15, 30, 30, 30, 30])
  })

  it('does not carry a lag along when several come at once after a break', () => {
    const { fps, media } = look([1, 2, 3].map(() => ({ atMs: 1000, durationMs: 4000 })), 4000, 12_000)
    expect(fps.reduce((sum, each) => sum + each, 0)).toBe(360)
    expect(media.at(9000).frames).toBe(360)
  })
})
