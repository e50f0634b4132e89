import { describe, expect, it } from 'vitest'
import { defaultFilter, type SoundFilterKind, type SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { CompressorKernel } from './compressor.ts'
import { ExpanderKernel } from './expander.ts'
import { GainKernel } from './gain.ts'
import { GateKernel } from './gate.ts'
import { LimiterKernel } from './limiter.ts'
import { SlidingMax } from './sliding-max.ts'
import { joined, largestStep, peakDb, RATE, run, tone } from './tone-sample.ts'

const usual = <K extends SoundFilterKind>(kind: K, change: Partial<SoundFilterOf<K>> = {}) => ({ ...defaultFilter(kind, 'f'), ...change }) as SoundFilterOf<K>
const silence = (seconds: number) => new Float32Array(Math.round(seconds * RATE))
/** Where the sound is louder than this for the first and the last time, s. */
const heard = (sound: Float32Array, above: number) => {
  const first = sound.findIndex((each) => Math.abs(each) > above)
  return { from: first / RATE, to: sound.findLastIndex((each) => Math.abs(each) > above) / RATE }
}

describe('the gate', () => {
  it('lets nothing through below the upper threshold, and everything above it', () => {
    expect(peakDb(run(new GateKernel(usual('gate'), RATE), tone(-28, 1)), 0, 1)).toBeLessThan(-150)
    expect(peakDb(run(new GateKernel(usual('gate'), RATE), tone(-24, 1)), 0.5, 1)).toBeCloseTo(-24, 1)
  })

  it('opens over 25 ms, holds 200 ms and closes over 150 ms', () => {
    // Below the lower threshold, yet loud enough to see whether it is let through.
    const quiet = tone(-40, 1)
    const out = run(new GateKernel(usual('gate'), RATE), joined(tone(-20, 0.5), quiet))
    expect(peakDb(out, 0.0115, 0.0135) - -20).toBeCloseTo(20 * Math.log10(0.5), 0)
    expect(peakDb(out, 0.025, 0.5)).toBeCloseTo(-20, 1)
    // The level itself falls from 0.1 to 0.025 by as much as lies between the thresholds (0.025) in 1/75 s: 40 ms.
    expect(peakDb(out, 0.6, 0.7)).toBeCloseTo(-40, 1)
    const end = heard(out, 1e-5).to
    expect(end).toBeGreaterThan(0.5 + 0.2 + 0.14)
    expect(end).toBeLessThan(0.5 + 0.2 + 0.15 + 0.04)
  })

  it('stays open between the thresholds', () => {
    const out = run(new GateKernel(usual('gate'), RATE), joined(tone(-20, 0.5), tone(-29, 2)))
    expect(peakDb(out, 1.5, 2.5)).toBeCloseTo(-29, 1)
  })
})

describe('the expander', () => {
  it.each([[2, -50, -10], [2, -45, -5], [4, -50, -30], [2, -35, 0]])('at a ratio of %d makes a tone of %d dBFS RMS %d dB louder', (ratio, rmsDb, changeDb) => {
    const peak = rmsDb + 10 * Math.log10(2)
    const out = run(new ExpanderKernel(usual('expander', { ratio }), RATE), tone(peak, 1))
    expect(Math.abs(peakDb(out, 0.7, 1) - peak - changeDb)).toBeLessThan(0.5)
  })

  it('measures peaks where it is told to', () => {
    const out = run(new ExpanderKernel(usual('expander', { detect: 'peak' }), RATE), tone(-50, 1))
    expect(Math.abs(peakDb(out, 0.7, 1) - -60)).toBeLessThan(0.5)
  })
})

describe('the compressor', () => {
  it.each([[10, 0], [10, -9], [4, -6], [2, -12], [1, 0], [10, -20], [32, -3]])('leaves a %d-th of what is above -18 dB of %d dBFS', (ratio, db) => {
    for (const hz of [60, 1000, 9000]) {
      const out = run(new CompressorKernel(usual('compressor', { ratio }), RATE), tone(db, 1, hz))
      const expected = db > -18 ? -18 + (db + 18) / ratio : db
      expect(Math.abs(peakDb(out, 0.7, 1) - expected)).toBeLessThan(0.5)
    }
  })

  it('is at 63 % of its way after the attack, and back after the release', () => {
    const kernel = new CompressorKernel(usual('compressor', { ratio: 32, attackMs: 20, releaseMs: 100 }), RATE)
    const reductions: number[] = []
    run(kernel, joined(tone(0, 0.5, 4000), silence(0.5)), { before: () => reductions.push(kernel.reductionDb) })
    const at = (seconds: number) => reductions[Math.round((seconds * RATE) / 128)]!
    const whole = 18 * (1 - 1 / 32)
    expect(Math.abs(at(0.02) - whole * 0.632)).toBeLessThan(1)
    expect(Math.abs(at(0.5) - whole)).toBeLessThan(0.2)
    // The level is held for 10 ms.
    expect(Math.abs(at(0.61) - whole * 0.368)).toBeLessThan(1)
  })

  it('goes by the key where there is one: music ducks under a voice and comes back', () => {
    const voice = joined(silence(0.5), tone(-6, 0.5), silence(1))
    const out = run(new CompressorKernel(usual('compressor'), RATE), tone(-10, 2, 300), { key: voice })
    expect(peakDb(out, 0.2, 0.5)).toBeCloseTo(-10, 1)
    expect(Math.abs(peakDb(out, 0.8, 1) - (-10 - 12 * 0.9))).toBeLessThan(0.5)
    expect(peakDb(out, 1.6, 2)).toBeCloseTo(-10, 1)
  })
})

describe('the limiter', () => {
  const ceiling = 10 ** (-6 / 20)
  const noise = (() => {
    let seed = 1
    return Float32Array.from({ length: RATE * 2 }, (_, i) => {
      seed = (seed * 1103515245 + 12345) & 0x7fffffff
      // Bursts far above full scale after stretches far below the ceiling.
      return (seed / 0x3fffffff - 1) * (i % 4000 < 60 ? 8 : 0.1)
    })
  })()

  it.each([['a steady tone', tone(6, 1)], ['bursts', noise], ['one sample', joined(silence(0.1), Float32Array.of(10), silence(0.1))], ['a low tone', tone(20, 1, 31)]])('never lets %s above the ceiling', (_, sound) => {
    const out = run(new LimiterKernel(usual('limiter'), RATE), sound)
    expect(out.reduce((peak, each) => Math.max(peak, Math.abs(each)), 0)).toBeLessThanOrEqual(Math.fround(ceiling))
  })

  it('reaches the ceiling by gain, not by cutting: a loud tone stays a sine', () => {
    const out = run(new LimiterKernel(usual('limiter'), RATE), tone(6, 1))
    expect(peakDb(out, 0.5, 1)).toBeCloseTo(-6, 1)
    const delay = RATE * 0.005 - 1
    let error = 0
    for (let i = RATE / 2; i < RATE; i++) error = Math.max(error, Math.abs(out[i]! - ceiling * Math.sin((2 * Math.PI * 1000 * (i - delay)) / RATE)))
    expect(error).toBeLessThan(0.01)
  })

  it('leaves what is below it as it is, 5 ms later', () => {
    const sound = tone(-10, 0.5)
    const out = run(new LimiterKernel(usual('limiter'), RATE), sound)
    const delay = RATE * 0.005 - 1
    expect(Math.max(...out.subarray(delay, 20_000).map((each, i) => Math.abs(each - sound[i]!)))).toBeLessThan(1e-6)
  })
})

describe('changing a setting', () => {
  it('does not click', () => {
    const kernel = new GainKernel(usual('gain', { gainDb: -40 }), RATE)
    const out = run(kernel, tone(-6, 1, 100), { before: (frame) => frame === 128 * 100 && kernel.set(usual('gain', { gainDb: 0 })) })
    expect(peakDb(out, 0.9, 1)).toBeCloseTo(-6, 1)
    // 100 Hz at half scale moves by 0.0066 a sample; a jump by 40 dB would be a hundred times that.
    expect(largestStep(out)).toBeLessThan(0.012)

    const loud = new CompressorKernel(usual('compressor', { attackMs: 6 }), RATE)
    const changed = run(loud, tone(-6, 1, 100), { before: (frame) => frame === 128 * 100 && loud.set(usual('compressor', { thresholdDb: -40, outputGainDb: 20 })) })
    expect(largestStep(changed)).toBeLessThan(0.02)
  })
})

describe('SlidingMax', () => {
  it('is the largest of the last values', () => {
    const max = new SlidingMax(7)
    const values = Array.from({ length: 500 }, (_, i) => Math.abs(Math.sin(i * i * 0.37)))
    values.forEach((value, i) => expect(max.push(value)).toBe(Math.max(...values.slice(Math.max(0, i - 6), i + 1))))
  })
})
