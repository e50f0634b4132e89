import { describe, expect, it } from 'vitest'
import { defaultFilter, type EqualizerBand, type SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { coefficientsOf, responseDb } from './biquad.ts'
import { bandsOf, EqualizerKernel } from './equalizer.ts'
import { largestStep, peakDb, RATE, rmsDb, run, tone } from './tone-sample.ts'

const three = (change: Partial<SoundFilterOf<'three-band-eq'>>) => ({ ...defaultFilter('three-band-eq', 'f'), ...change }) as SoundFilterOf<'three-band-eq'>
const parametric = (...bands: EqualizerBand[]): SoundFilterOf<'parametric-eq'> => ({ id: 'f', enabled: true, kind: 'parametric-eq', bands })
const change = (filter: Parameters<typeof bandsOf>[0], hz: number) => rmsDb(run(new EqualizerKernel(filter, RATE), tone(-20, 1, hz)), 0.5, 1) - rmsDb(tone(-20, 1, hz), 0.5, 1)

describe('the three-band equalizer', () => {
  it.each([['lowDb', 60], ['midDb', 2000], ['highDb', 16_000]] as const)('does what %s says at %d Hz', (key, hz) => {
    for (const db of [12, -12, 20, -20]) expect(Math.abs(change(three({ [key]: db }), hz) - db)).toBeLessThan(0.5)
  })

  it('changes nothing while nothing is asked', () => {
    for (const hz of [50, 1000, 15_000]) expect(Math.abs(change(three({}), hz))).toBeLessThan(0.01)
  })
})

describe('the parametric equalizer', () => {
  it.each([[100, 6], [1000, -12], [8000, 18], [440, 24]])('has its gain at the centre: %d Hz, %d dB', (frequencyHz, gainDb) => {
    expect(Math.abs(change(parametric({ kind: 'peak', frequencyHz, gainDb, q: 2 }), frequencyHz) - gainDb)).toBeLessThan(0.5)
  })

  it('has shelves, a low-pass, a high-pass and a notch', () => {
    const band = (kind: EqualizerBand['kind'], frequencyHz: number, gainDb = 0, q = Math.SQRT1_2) => parametric({ kind, frequencyHz, gainDb, q })
    expect(Math.abs(change(band('low-shelf', 500, 10), 50) - 10)).toBeLessThan(0.5)
    expect(Math.abs(change(band('high-shelf', 2000, -10), 18_000) + 10)).toBeLessThan(0.5)
    expect(Math.abs(change(band('low-pass', 1000), 1000) + 3)).toBeLessThan(0.5)
    expect(change(band('low-pass', 1000), 8000)).toBeLessThan(-35)
    expect(change(band('high-pass', 1000), 100)).toBeLessThan(-35)
    expect(change(band('notch', 1000, 0, 5), 1000)).toBeLessThan(-40)
  })

  it('sounds as its response says, with several bands', () => {
    const filter = parametric({ kind: 'peak', frequencyHz: 300, gainDb: 9, q: 1 }, { kind: 'high-shelf', frequencyHz: 3000, gainDb: -6, q: 0.7 })
    const sections = filter.bands.map((each) => coefficientsOf(each, RATE))
    for (const hz of [100, 300, 1000, 3000, 10_000]) expect(Math.abs(change(filter, hz) - responseDb(sections, hz, RATE))).toBeLessThan(0.1)
  })

  it('glides when a band changes, also in kind or number', () => {
    const from = parametric({ kind: 'peak', frequencyHz: 200, gainDb: 0, q: 1 })
    const changes = [
      parametric({ kind: 'peak', frequencyHz: 200, gainDb: 12, q: 1 }), parametric({ kind: 'low-shelf', frequencyHz: 400, gainDb: 12, q: 0.7 }),
      parametric(), parametric(...from.bands, { kind: 'peak', frequencyHz: 200, gainDb: 12, q: 1 }),
    ]
    for (const to of changes) {
      const kernel = new EqualizerKernel(from, RATE)
      const out = run(kernel, tone(-20, 1, 200), { before: (frame) => frame === 128 * 99 && kernel.set(to) })
      // 200 Hz at its loudest, -8 dBFS, moves by 0.0105 a sample.
      expect(largestStep(out)).toBeLessThan(0.0125)
      const expected = responseDb(to.bands.map((each) => coefficientsOf(each, RATE)), 200, RATE)
      expect(Math.abs(peakDb(out, 0.8, 1) + 20 - expected)).toBeLessThan(0.1)
    }
  })
})
