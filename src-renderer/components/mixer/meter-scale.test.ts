import { describe, expect, it } from 'vitest'
import { dbText, follow, fromFader, meterPlace, silent, toFader } from './meter-scale.ts'

describe('the meter', () => {
  it('spans 60 dB', () => {
    expect([meterPlace(-100), meterPlace(-60), meterPlace(-30), meterPlace(0), meterPlace(5)]).toEqual([0, 0, 0.5, 1, 1])
  })

  it('rises at once and falls slowly', () => {
    let state = follow(silent(0), -10, 50)
    expect(state).toMatchObject({ levelDb: -10, peakDb: -10 })
    state = follow(state, -100, 1050)
    expect(state.levelDb).toBeCloseTo(-10 - 11.76, 1)
  })

  it('holds the peak for 20 s, then lets it go', () => {
    let state = follow(silent(0), -6, 0)
    for (let ms = 50; ms <= 20_000; ms += 50) state = follow(state, -40, ms)
    expect(state.peakDb).toBe(-6)
    state = follow(state, -40, 20_050)
    expect(state.peakDb).toBe(-40)
  })

  it('keeps silence at the bottom of the fader', () => {
    expect(fromFader(-60)).toBe(-100)
    expect(toFader(-100)).toBe(-60)
    expect(fromFader(toFader(-12.5))).toBe(-12.5)
    expect([dbText(-100), dbText(0), dbText(3), dbText(-12.34)]).toEqual(['-∞', '0.0', '+3.0', '-12.3'])
  })
})
