import { describe, expect, it } from 'vitest'
import { PLATFORMS } from './addresses/platforms.ts'
import { DEFAULT_ENCODING, type Encoding } from './encoding.ts'
import { INGEST_TIMES, ingestPushMegabytes, ladderUpTo, platformLimitKbps } from './ingest-plan.ts'
import { recommendFor, shareKbps } from './ingest-recommendation.ts'

const measured = (...bests: (number | null)[]) => bests.map((bestKbps) => ({ bestKbps }))

describe('what each destination can be sent', () => {
  it('is the best of the only one', () => {
    expect(shareKbps({ measured: measured(3000), togetherKbps: null, sharing: 1 })).toBe(3000)
  })
  it('is a share of the line where several are sent to, measured or not', () => {
    expect(shareKbps({ measured: measured(6000, 5800), togetherKbps: 5900, sharing: 2 })).toBe(3000)
    expect(shareKbps({ measured: measured(6000), togetherKbps: null, sharing: 3 })).toBe(2000)
  })
  it('is what the slowest server takes where the line carries more', () => {
    expect(shareKbps({ measured: measured(12_000, 2000), togetherKbps: 14_000, sharing: 2 })).toBe(2000)
    expect(shareKbps({ measured: measured(6000, 6000), togetherKbps: 12_000, sharing: 2 })).toBe(6000)
  })
  it('is unknown when nothing was measured', () => {
    expect(shareKbps({ measured: measured(null), togetherKbps: null, sharing: 1 })).toBe(null)
  })
})

describe('what a show may send', () => {
  const show: Encoding = { ...DEFAULT_ENCODING, width: 1920, height: 1080, videoKbps: 6000 }

  it('leaves 30 % free, its sound included', () => {
    expect(recommendFor(3000, DEFAULT_ENCODING, [])).toEqual({ kbps: 1972, width: 1280, height: 720, frameRate: 15, presetId: 'mixed:1280x720' })
    expect(recommendFor(4000, DEFAULT_ENCODING, [])).toEqual({ kbps: 2672, width: 1280, height: 720, frameRate: 30, presetId: null })
  })
  it('is the largest preset that fits, in the show’s orientation and no larger than it', () => {
    expect(recommendFor(4500, show, [])).toMatchObject({ presetId: 'mixed:1920x1080' })
    expect(recommendFor(2000, { ...show, width: 1080, height: 1920 }, [])).toMatchObject({ presetId: 'mixed:540x960', width: 540, height: 960 })
    expect(recommendFor(2000, { ...show, width: 640, height: 360 }, [])).toMatchObject({ presetId: 'mixed:640x360' })
    expect(recommendFor(1000, show, [])?.presetId).toMatch(/^single:/)
  })
  it('is nothing on a line that carries nothing', () => {
    expect(recommendFor(250, show, [])).toBe(null)
  })
  it('is no more than every platform takes', () => {
    expect(recommendFor(20_000, show, [PLATFORMS.twitch.limits, PLATFORMS.facebook.limits])).toMatchObject({ kbps: 6000, presetId: null })
    expect(recommendFor(20_000, { ...show, videoKbps: 8000 }, [PLATFORMS.twitch.limits])?.kbps).toBeLessThanOrEqual(6000)
  })
})

describe('the plan of a push', () => {
  it('goes up to what the platform takes', () => {
    expect(ladderUpTo(null).at(-1)).toBe(12_000)
    expect(ladderUpTo(8660)).toEqual([1000, 1500, 2500, 4000, 6000, 8000])
    expect(ladderUpTo(9256).at(-1)).toBe(9256)
    expect(ladderUpTo(51_160).at(-1)).toBe(12_000)
    expect(platformLimitKbps(PLATFORMS.facebook.limits)).toBe(9256)
    expect(platformLimitKbps(PLATFORMS.custom.limits)).toBe(null)
  })
  it('tells the most that it costs', () => {
    const steps = ((2500 + 4000 + 6000) * 5) / 8000 + (6000 * 0.85 * 8) / 8000
    expect(ingestPushMegabytes([6320])).toBe(Math.ceil(steps))
    expect(ingestPushMegabytes([6320, 6320])).toBe(Math.ceil(2 * steps + (2 * 6000 * 5) / 8000))
    expect(ingestPushMegabytes([6320], { ...INGEST_TIMES, holdMs: 0 })).toBe(8)
    expect(ingestPushMegabytes([])).toBe(0)
  })
})
