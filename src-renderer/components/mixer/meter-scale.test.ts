import { describe, expect, it } from 'vitest'
import { dbText, follow, fromFader, meterPlace, silent, toFader } from './meter-scale.ts'

describe('the meter', () => {
  it('spans 60 dB', () => {
    expect([meterPlace(-100), meterPlace(-60), meterPlace(-30), meterPlace(0), meterPlace(5)]).toEqual([0, 0, 0.5, 1, 1])
  })

  it('rises at once and falls slowly', () => {
    let state = follow(silent(0), -10, 50)
    expect(state).toMatchObject({ levelDb: -10, peakDb: -10 })
    state = follow(state, -100, 150)
    expect(state.levelDb).toBeCloseTo(-14)
  })

  it('holds the peak for 1.5 s, then lets it fall', () => {
    let state = follow(silent(0), -6, 0)
    for (let ms = 50; ms <= 1500; ms += 50) state = follow(state, -40, ms)
    expect(state.peakDb).toBe(-6)
    for (let ms = 1550; ms <= 2000; ms += 50) state = follow(state, -40, ms)
    expect(state.peakDb).toBeCloseTo(-16)
    for (let ms = 2050; ms <= 9000; ms += 50) state = follow(state, -40, ms)
    expect(state.peakDb).toBe(-40)
  })

  it('keeps silence at the bottom of the fader', () => {
    expect(fromFader(-60)).toBe(-100)
    expect(toFader(-100)).toBe(-60)
    expect(fromFader(toFader(-12.5))).toBe(-12.5)
    expect([dbText(-100), dbText(0), dbText(3), dbText(-12.34)]).toEqual(['-∞', '0.0', '+3.0', '-12.3'])
  })
})
