import { describe, expect, it } from 'vitest'
import { joined } from '../filters/tone-sample.ts'
import { coefficientsText, measure, RATE, stereo } from './loudness-sample.ts'
import { LoudnessMeter } from './loudness-meter.ts'
import { kWeighting } from './k-weighting.ts'

const sine = (db: number, seconds: number, hz = 1000) => Float32Array.from({ length: seconds * RATE }, (_, i) => 10 ** (db / 20) * Math.sin((2 * Math.PI * hz * i) / RATE))

describe('K-weighting', () => {
  it('has the coefficients that BS.1770-4 prints for 48 kHz', () => {
    const [shelf, highPass] = kWeighting(48_000)
    expect(coefficientsText(shelf)).toBe('1.53512486 -2.69169619 1.19839281 -1.69065929 0.73248077')
    expect(coefficientsText(highPass)).toBe('1.00000000 -2.00000000 1.00000000 -1.99004745 0.99007225')
  })
})

describe('the loudness meter', () => {
  it('reads a full-scale sine of 1 kHz in one channel as -3.01 LUFS', () => {
    const { integrated, momentary, shortTerm } = measure([sine(0, 5, 997), new Float32Array(5 * RATE)])
    for (const each of [integrated, momentary, shortTerm]) expect(each).toBeCloseTo(-3.01, 1)
    expect(measure([sine(0, 5, 997)]).integrated).toBeCloseTo(-3.01, 1)
  })

  it.each([-23, -33])('reads a stereo sine of %d dBFS as as many LUFS (EBU Tech 3341, cases 1 and 2)', (db) => {
    const { integrated, momentary, shortTerm } = measure(stereo(sine(db, 20)))
    for (const each of [integrated, momentary, shortTerm]) expect(Math.abs(each! - db)).toBeLessThan(0.1)
  })

  it('gates what is quiet (EBU Tech 3341, cases 3 and 4)', () => {
    const third = joined(sine(-36, 10), sine(-23, 60), sine(-36, 10))
    expect(Math.abs(measure(stereo(third)).integrated! + 23)).toBeLessThan(0.1)
    const fourth = joined(sine(-72, 10), sine(-36, 10), sine(-23, 60), sine(-36, 10), sine(-72, 10))
    expect(Math.abs(measure(stereo(fourth)).integrated! + 23)).toBeLessThan(0.1)
  })

  it('tells the loudness range (EBU Tech 3342, cases 1 and 2)', () => {
    expect(Math.abs(measure(stereo(joined(sine(-20, 20), sine(-30, 20)))).range! - 10)).toBeLessThan(1)
    expect(Math.abs(measure(stereo(joined(sine(-20, 20), sine(-15, 20)))).range! - 5)).toBeLessThan(1)
  })

  it('finds the peak between the samples', () => {
    // A quarter of the rate, half-way between two samples: no sample is above -3 dBFS, the wave reaches 0.
    const between = Float32Array.from({ length: RATE }, (_, i) => Math.sin((Math.PI / 2) * i + Math.PI / 4))
    expect(Math.abs(measure([between]).truePeakDb!)).toBeLessThan(0.3)
    expect(Math.abs(measure([sine(-6, 1)]).truePeakDb! + 6)).toBeLessThan(0.2)
  })

  it('says nothing of silence, and begins anew when told to', () => {
    expect(measure(stereo(new Float32Array(RATE * 4)))).toMatchObject({ momentary: null, shortTerm: null, integrated: null, range: null, truePeakDb: null, seconds: 4 })
    const meter = new LoudnessMeter(2, RATE)
    meter.add(stereo(sine(-10, 5)), 5 * RATE)
    meter.reset()
    meter.add(stereo(sine(-30, 5)), 5 * RATE)
    expect(Math.abs(meter.read().integrated! + 30)).toBeLessThan(0.1)
    expect(Math.abs(meter.read().truePeakDb! + 30)).toBeLessThan(0.1)
  })
})
