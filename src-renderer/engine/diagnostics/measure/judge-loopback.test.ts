import { describe, expect, it } from 'vitest'
import { judgeLoopback } from './judge-loopback.ts'
import { chime, sweep } from './make-sounds.ts'

const RATE = 48_000
/** Noise that is the same each time. */
function noise(length: number, amplitude: number, seed = 1): Float32Array {
  let state = seed
  return Float32Array.from({ length }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return amplitude * (state / 1_073_741_824 - 1)
  })
}
/** Two seconds of a room; the sweep is heard in it after `delayMs`, so loud. The recording began 600 ms before it was played. */
function room({ gain, delayMs, noiseAmplitude = 0.001, rate = RATE }: { gain: number; delayMs: number; noiseAmplitude?: number; rate?: number }) {
  const heard = noise(rate * 2, noiseAmplitude)
  const played = sweep(rate)
  const from = Math.round(((600 + delayMs) / 1000) * rate)
  // A wall sends it again, softer.
  for (const [after, share] of [[0, 1], [400, 0.4]] as const) for (let at = 0; at < played.length; at++) heard[from + after + at]! += gain * share * played[at]!
  return { heard, played, sampleRate: rate, heardFromMs: 10_000, playedAtMs: 10_600 }
}

describe('judgeLoopback', () => {
  it.each([
    [35, 1, 'warn', 'strong-echo'],
    [180, 0.012, 'pass', 'echo'],
  ])('finds a sweep heard %i ms later', (delayMs, gain, status, code) => {
    const found = judgeLoopback(room({ gain, delayMs }))
    expect(found).toMatchObject({ status, code, unit: 'ms' })
    expect(Math.abs(found.value! - delayMs)).toBeLessThanOrEqual(1)
  })
  it('finds one that hardly rises above the room', () => {
    const found = judgeLoopback(room({ gain: 0.05, delayMs: 90, noiseAmplitude: 0.02 }))
    expect(found).toMatchObject({ status: 'pass', code: 'faint' })
    expect(Math.abs(found.value! - 90)).toBeLessThanOrEqual(1)
  })
  it('finds it at the rate of a headset', () => {
    const found = judgeLoopback(room({ gain: 0.5, delayMs: 250, rate: 44_100 }))
    expect(Math.abs(found.value! - 250)).toBeLessThanOrEqual(1)
  })
  it('does not take noise, another sound or silence for it: that is no failure', () => {
    const played = sweep(RATE)
    for (const heard of [noise(RATE * 2, 0.3), chime(RATE).subarray(0, RATE * 2), new Float32Array(RATE * 2), new Float32Array(10)]) {
      expect(judgeLoopback({ heard, played, sampleRate: RATE, heardFromMs: 0, playedAtMs: 600 })).toMatchObject({ status: 'pass', code: 'not-found' })
    }
  })
  it('does not believe what was heard before it was played', () => {
    expect(judgeLoopback({ ...room({ gain: 1, delayMs: 50 }), playedAtMs: 11_000 })).toMatchObject({ code: 'not-found' })
  })
})

describe('sounds', () => {
  it.each([['the chime', chime(RATE)], ['the sweep', sweep(RATE)]])('%s is heard well and does not clip', (_name, samples) => {
    const peak = samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0)
    expect(peak).toBeGreaterThan(0.1)
    expect(peak).toBeLessThan(0.5)
    expect(Math.abs(samples[0]!)).toBeLessThan(0.001)
    expect(Math.abs(samples.at(-1)!)).toBeLessThan(0.001)
  })
})
