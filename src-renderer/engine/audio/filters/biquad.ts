import type { EqualizerBand } from '@shared/domain/sound-filter.ts'

/** Normalised so that a0 = 1. */
export interface Coefficients {
  b0: number
  b1: number
  b2: number
  a1: number
  a2: number
}

export const PASS: Coefficients = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 }

/** Second-order sections by Robert Bristow-Johnson's "Cookbook formulae for audio EQ biquad filter coefficients"; shelves by their Q. */
export function coefficientsOf({ kind, frequencyHz, gainDb, q }: EqualizerBand, sampleRate: number): Coefficients {
  const w = (2 * Math.PI * Math.min(frequencyHz, sampleRate * 0.49)) / sampleRate
  const cos = Math.cos(w)
  const alpha = Math.sin(w) / (2 * q)
  const a = 10 ** (gainDb / 40)
  const root = 2 * Math.sqrt(a) * alpha
  switch (kind) {
    case 'peak':
      return normal(1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a)
    case 'low-shelf':
      return normal(
        a * (a + 1 - (a - 1) * cos + root), 2 * a * (a - 1 - (a + 1) * cos), a * (a + 1 - (a - 1) * cos - root),
        a + 1 + (a - 1) * cos + root, -2 * (a - 1 + (a + 1) * cos), a + 1 + (a - 1) * cos - root,
      )
    case 'high-shelf':
      return normal(
        a * (a + 1 + (a - 1) * cos + root), -2 * a * (a - 1 + (a + 1) * cos), a * (a + 1 + (a - 1) * cos - root),
        a + 1 - (a - 1) * cos + root, 2 * (a - 1 - (a + 1) * cos), a + 1 - (a - 1) * cos - root,
      )
    case 'low-pass':
      return normal((1 - cos) / 2, 1 - cos, (1 - cos) / 2, 1 + alpha, -2 * cos, 1 - alpha)
    case 'high-pass':
      return normal((1 + cos) / 2, -(1 + cos), (1 + cos) / 2, 1 + alpha, -2 * cos, 1 - alpha)
    case 'notch':
      return normal(1, -2 * cos, 1, 1 + alpha, -2 * cos, 1 - alpha)
  }
}

const normal = (b0: number, b1: number, b2: number, a0: number, a1: number, a2: number): Coefficients => ({
  b0: b0 / a0, b1: b1 / a0, b2: b2 / a0, a1: a1 / a0, a2: a2 / a0,
})

/** What these sections do to a tone, dB. */
export function responseDb(sections: readonly Coefficients[], frequencyHz: number, sampleRate: number): number {
  const w = (2 * Math.PI * frequencyHz) / sampleRate
  const power = (x0: number, x1: number, x2: number): number =>
    (x0 + x1 * Math.cos(w) + x2 * Math.cos(2 * w)) ** 2 + (x1 * Math.sin(w) + x2 * Math.sin(2 * w)) ** 2
  return sections.reduce((sum, { b0, b1, b2, a1, a2 }) => sum + 10 * Math.log10(Math.max(1e-20, power(b0, b1, b2)) / power(1, a1, a2)), 0)
}

/** One section's memory for one channel (transposed direct form II, which bears changing coefficients). */
export class Biquad {
  #z1 = 0
  #z2 = 0

  process(samples: Float32Array | Float64Array, { b0, b1, b2, a1, a2 }: Coefficients): void {
    let z1 = this.#z1
    let z2 = this.#z2
    for (let i = 0; i < samples.length; i++) {
      const x = samples[i]!
      const y = b0 * x + z1
      z1 = b1 * x - a1 * y + z2
      z2 = b2 * x - a2 * y
      samples[i] = y
    }
    // Numbers near zero cost many times as much on some processors.
    this.#z1 = Math.abs(z1) < 1e-20 ? 0 : z1
    this.#z2 = Math.abs(z2) < 1e-20 ? 0 : z2
  }
}
