import { Biquad, type Coefficients } from '../filters/biquad.ts'

/**
 * The two stages of BS.1770-4's K-weighting: a high shelf of +4 dB for the head's shadow and a high-pass. The
 * recommendation prints coefficients for 48 kHz; these are the analogue prototypes behind them, transformed bilinearly,
 * as libebur128 and FFmpeg do: equal at 48 kHz, and right at any other rate.
 */
export function kWeighting(sampleRate: number): readonly [Coefficients, Coefficients] {
  return [shelf(sampleRate), highPass(sampleRate)]
}

function shelf(sampleRate: number): Coefficients {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const a0 = 1 + k / q + k * k
  return {
    b0: (high + (band * k) / q + k * k) / a0, b1: (2 * (k * k - high)) / a0, b2: (high - (band * k) / q + k * k) / a0,
    a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0,
  }
}

function highPass(sampleRate: number): Coefficients {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate)
  const q = 0.5003270373238773
  const a0 = 1 + k / q + k * k
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / a0, a2: (1 - k / q + k * k) / a0 }
}

/** One channel's sound as loudness sees it: its mean square, block by block. */
export class KWeighted {
  readonly #stages: readonly [Coefficients, Coefficients]
  readonly #shelf = new Biquad()
  readonly #highPass = new Biquad()
  readonly #block = new Float64Array(128)

  constructor(sampleRate: number) {
    this.#stages = kWeighting(sampleRate)
  }

  /** The sum of squares of one block of at most 128 samples, weighted. */
  squares(samples: Float32Array, from: number, to: number): number {
    const block = this.#block.subarray(0, to - from)
    for (let i = 0; i < block.length; i++) block[i] = samples[from + i]!
    this.#shelf.process(block, this.#stages[0])
    this.#highPass.process(block, this.#stages[1])
    let sum = 0
    for (let i = 0; i < block.length; i++) sum += block[i]! * block[i]!
    return sum
  }
}
