import { describe, expect, it } from 'vitest'
import type { Source } from '@shared/domain/source.ts'
import { DEFAULT_STRIP } from '@shared/domain/strip.ts'
import { anyMonitored, anySolo, deskHears, heard, holdBackMs, panFactors } from './strip-levels.ts'

const sources: Source[] = ['a', 'b', 'c'].map((id) => ({ id, name: id, kind: 'test-pattern' }))
const strip = (change: Partial<typeof DEFAULT_STRIP>) => ({ ...DEFAULT_STRIP, ...change })

describe('a strip sounds', () => {
  it('unless it is muted, and with push-to-talk only while held, with push-to-mute only while not', () => {
    expect([heard(strip({}), false), heard(strip({ muted: true }), true)]).toEqual([true, false])
    expect([heard(strip({ pushTo: 'talk' }), false), heard(strip({ pushTo: 'talk' }), true)]).toEqual([false, true])
    expect([heard(strip({ pushTo: 'mute' }), false), heard(strip({ pushTo: 'mute' }), true)]).toEqual([true, false])
    expect(heard(strip({ pushTo: 'talk', muted: true }), true)).toBe(false)
  })
})

describe('the desk', () => {
  it('hears what is monitored and sounds', () => {
    const none = { anySolo: false, sounds: true }
    expect((['off', 'monitor-only', 'both'] as const).map((monitor) => deskHears(strip({ monitor }), none))).toEqual([false, true, true])
    expect(deskHears(strip({ monitor: 'both' }), { anySolo: false, sounds: false })).toBe(false)
  })

  it('hears the solo strips alone while there are any, muted ones too', () => {
    expect(deskHears(strip({ solo: true, muted: true }), { anySolo: true, sounds: false })).toBe(true)
    expect(deskHears(strip({ monitor: 'both' }), { anySolo: true, sounds: true })).toBe(false)
    expect(anySolo({ sources, strips: { a: strip({ solo: true }) } })).toBe(true)
    expect([anyMonitored({ sources, strips: {} }), anyMonitored({ sources, strips: { b: strip({ monitor: 'both' }) } })]).toEqual([false, true])
  })
})

describe('pan', () => {
  it.each([-1, -0.5, 0, 0.25, 1])('keeps the power at %d', (pan) => {
    const [left, right] = panFactors(pan)
    expect(left ** 2 + right ** 2).toBeCloseTo(2, 10)
  })

  it('is 1 and 1 in the middle, and one side alone at the ends', () => {
    expect(panFactors(0).map((each) => each.toFixed(6))).toEqual(['1.000000', '1.000000'])
    expect(panFactors(-1)[1]).toBeCloseTo(0, 10)
    expect(panFactors(1)[0]).toBeCloseTo(0, 10)
  })
})

describe('holdBackMs', () => {
  it('is the most negative offset of the sources that can sound, and nothing without one', () => {
    expect(holdBackMs({ sources, strips: {} })).toBe(0)
    expect(holdBackMs({ sources, strips: { a: strip({ syncOffsetMs: 300 }) } })).toBe(0)
    expect(holdBackMs({ sources, strips: { a: strip({ syncOffsetMs: -200 }), b: strip({ syncOffsetMs: -50 }), gone: strip({ syncOffsetMs: -900 }) } })).toBe(200)
  })
})
