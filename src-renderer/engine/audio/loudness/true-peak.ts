/** Four times as many samples: what a converter makes of the sound lies between the samples it was given. */
const PHASES = 4
const TAPS = 12

/** A windowed sinc in four phases (BS.1770-4 annex 2 asks for at least 4x and 48 taps); each phase sums to one. */
const FILTER: readonly Float64Array[] = Array.from({ length: PHASES }, (_, phase) => {
  const taps = Float64Array.from({ length: TAPS }, (_tap, i) => {
    const x = i - TAPS / 2 + 1 - phase / PHASES
    const sinc = x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
    return sinc * (0.5 + 0.5 * Math.cos((2 * Math.PI * x) / TAPS))
  })
  const sum = taps.reduce((total, each) => total + each, 0)
  return taps.map((each) => each / sum)
})

/** What lies between samples can be higher than they are by this factor at most. */
const OVERSHOOT = Math.max(...FILTER.map((taps) => taps.reduce((sum, each) => sum + Math.abs(each), 0)))

/** The highest true peak of one channel, as an amplitude. */
export class TruePeak {
  /** Twice, so that the last TAPS samples always lie in a row. */
  readonly #last = new Float64Array(TAPS * 2)
  #at = 0
  #peak = 0
  /** Of the samples in the row, at least. */
  #loudest = 0

  get peak(): number {
    return this.#peak
  }

  clear(): void {
    this.#last.fill(0)
    this.#peak = 0
  }

  add(samples: Float32Array, from: number, to: number): void {
    const last = this.#last
    let loudest = 0
    for (let i = from; i < to; i++) loudest = Math.max(loudest, Math.abs(samples[i]!))
    const quiet = Math.max(loudest, this.#loudest) * OVERSHOOT <= this.#peak
    this.#loudest = to - from >= TAPS ? loudest : Math.max(loudest, this.#loudest)
    for (let i = from; i < to; i++) {
      last[this.#at] = last[this.#at + TAPS] = samples[i]!
      this.#at = (this.#at + 1) % TAPS
      if (quiet) continue
      for (let phase = 0; phase < PHASES; phase++) {
        const taps = FILTER[phase]!
        let sum = 0
        for (let tap = 0; tap < TAPS; tap++) sum += last[this.#at + tap]! * taps[TAPS - 1 - tap]!
        const size = sum < 0 ? -sum : sum
        if (size > this.#peak) this.#peak = size
      }
    }
  }
}
