/** Loudness of a mean square (BS.1770-4 eq. 2), LUFS; -70 and below is silence to every gate. */
export const lufsOf = (meanSquare: number): number => (meanSquare > 0 ? -0.691 + 10 * Math.log10(meanSquare) : -Infinity)

const ABSOLUTE_GATE_LUFS = -70
/** Bins of 0.1 LU from -70 to +10: a show of any length needs the same room, and the mean of a bin is kept, so nothing is rounded. */
const BINS = 800
const BIN_LU = 0.1

/** Blocks by their loudness, for gating over hours. */
export class LoudnessHistogram {
  readonly #counts = new Float64Array(BINS)
  readonly #sums = new Float64Array(BINS)

  add(meanSquare: number): void {
    const lufs = lufsOf(meanSquare)
    if (lufs <= ABSOLUTE_GATE_LUFS) return
    const bin = Math.min(BINS - 1, Math.floor((lufs - ABSOLUTE_GATE_LUFS) / BIN_LU))
    this.#counts[bin]! += 1
    this.#sums[bin]! += meanSquare
  }

  clear(): void {
    this.#counts.fill(0)
    this.#sums.fill(0)
  }

  /** Mean loudness of the blocks that lie within `gateLu` below the mean of all above -70 LUFS; null while there are none. */
  gated(gateLu: number): number | null {
    const from = this.#gateBin(gateLu)
    if (from === null) return null
    const { count, sum } = this.#totals(from)
    return count > 0 ? lufsOf(sum / count) : null
  }

  /** The distance between two shares of the gated blocks (0.1 and 0.95 for the loudness range, EBU Tech 3342), LU. */
  range(gateLu: number, low: number, high: number): number | null {
    const from = this.#gateBin(gateLu)
    if (from === null) return null
    const { count } = this.#totals(from)
    return count > 0 ? this.#percentile(from, count, high) - this.#percentile(from, count, low) : null
  }

  #gateBin(gateLu: number): number | null {
    const { count, sum } = this.#totals(0)
    if (count === 0) return null
    const gate = lufsOf(sum / count) - gateLu
    return Math.max(0, Math.ceil((gate - ABSOLUTE_GATE_LUFS) / BIN_LU - 0.5))
  }

  #totals(from: number): { count: number; sum: number } {
    let count = 0
    let sum = 0
    for (let bin = from; bin < BINS; bin++) {
      count += this.#counts[bin]!
      sum += this.#sums[bin]!
    }
    return { count, sum }
  }

  #percentile(from: number, count: number, share: number): number {
    let left = share * (count - 1)
    let found = ABSOLUTE_GATE_LUFS
    for (let bin = from; bin < BINS; bin++) {
      const here = this.#counts[bin]!
      if (here > 0) {
        found = lufsOf(this.#sums[bin]! / here)
        if (left < here) break
      }
      left -= here
    }
    return found
  }
}
