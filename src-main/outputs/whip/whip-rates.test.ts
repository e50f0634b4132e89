import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { singleFloorKbps } from '@shared/domain/single-presets.ts'
import { whipRatesIn, whipRatesOf } from './whip-rates.ts'

const ON = { enabled: true, floorKbps: 500 }
const of = (videoKbps: number) => ({ videoKbps, audioKbps: 128, frameRate: 30 })

describe('what a peer may send', () => {
  it('begins below the ceiling, at the user’s floor at least, and never above the ceiling', () => {
    expect(whipRatesOf(of(2500), ON)).toEqual({ startKbps: 1500, maxKbps: 2500, audioKbps: 128, floor: { kbps: 500, frameRate: 30 } })
    expect(whipRatesOf(of(2500), { ...ON, floorKbps: 2000 }).startKbps).toBe(2000)
    expect(whipRatesOf(of(400), ON)).toMatchObject({ startKbps: 400, floor: { kbps: 400 } })
    expect(whipRatesOf(of(150), { ...ON, floorKbps: 100 }).startKbps).toBe(150)
  })

  it('is the ceiling from the beginning, with no floor to go to, while the rate is not to follow the line', () => {
    expect(whipRatesOf(of(2500), { ...ON, enabled: false })).toEqual({ startKbps: 2500, maxKbps: 2500, audioKbps: 128, floor: null })
  })

  it('goes lower with a single stream where services keep its size at less than the floor', () => {
    const encoding = { ...DEFAULT_ENCODING, width: 640, height: 480, frameRate: 15, videoKbps: 800 }
    const { mix, main, second } = whipRatesIn({ encoding: DEFAULT_ENCODING, singles: { main: { sourceId: 'c', soundIds: [], encoding }, second: { sourceId: null, soundIds: null, encoding: DEFAULT_ENCODING } } }, ON)
    expect([mix.floor?.kbps, second?.floor?.kbps]).toEqual([500, 500])
    expect(main?.floor).toMatchObject({ frameRate: 15 })
    expect(main?.floor?.kbps).toBe(singleFloorKbps(encoding, 500))
  })
})
