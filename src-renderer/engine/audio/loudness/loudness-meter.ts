import { LoudnessHistogram, lufsOf } from './gated-loudness.ts'
import { KWeighted } from './k-weighting.ts'
import { TruePeak } from './true-peak.ts'

/** The program's loudness as EBU R128 has it. null = nothing above -70 LUFS yet. */
export interface Loudness {
  /** Over the last 400 ms, LUFS. */
  momentary: number | null
  /** Over the last 3 s, LUFS. */
  shortTerm: number | null
  /** Since the last reset, gated, LUFS. */
  integrated: number | null
  /** Loudness range since the last reset (EBU Tech 3342), LU. */
  range: number | null
  /** Highest true peak since the last reset, dBTP. */
  truePeakDb: number | null
  /** How long it has been measured, s. */
  seconds: number
}

const PER_SECOND = 10
/** 400 ms, a new one each 100 ms: BS.1770-4's overlap of 75 %. */
const MOMENTARY_STEPS = 4
const SHORT_TERM_STEPS = 30
const FLOOR_LUFS = -70
const BLOCK = 128

/** BS.1770-4 for mono (counted as one channel) and stereo; whole blocks of at most 128 samples are the quickest way in. */
export class LoudnessMeter {
  readonly #weighted: readonly KWeighted[]
  readonly #truePeaks: readonly TruePeak[]
  readonly #stepFrames: number
  /** The mean squares of the last 3 s in steps of 100 ms, the channels added. */
  readonly #steps: number[] = []
  readonly #blocks = new LoudnessHistogram()
  readonly #ranges = new LoudnessHistogram()
  #squares = 0
  #frames = 0
  #stepsDone = 0

  constructor(channels: 1 | 2, sampleRate: number) {
    this.#weighted = Array.from({ length: channels }, () => new KWeighted(sampleRate))
    this.#truePeaks = Array.from({ length: channels }, () => new TruePeak())
    this.#stepFrames = Math.round(sampleRate / PER_SECOND)
  }

  /** Answers how many steps of 100 ms were completed by it. A channel that is missing is silent. */
  add(channels: readonly Float32Array[], frames: number): number {
    let done = 0
    for (let from = 0; from < frames;) {
      const to = Math.min(frames, from + BLOCK, from + this.#stepFrames - this.#frames)
      for (const [c, weighted] of this.#weighted.entries()) {
        const samples = channels[c]
        if (!samples) continue
        this.#squares += weighted.squares(samples, from, to)
        this.#truePeaks[c]!.add(samples, from, to)
      }
      this.#frames += to - from
      from = to
      if (this.#frames < this.#stepFrames) continue
      this.#endStep()
      done++
    }
    return done
  }

  /** Integrated loudness, range and true peak begin anew. */
  reset(): void {
    this.#blocks.clear()
    this.#ranges.clear()
    for (const each of this.#truePeaks) each.clear()
    this.#stepsDone = 0
  }

  read(): Loudness {
    const peak = Math.max(...this.#truePeaks.map((each) => each.peak))
    return {
      momentary: heard(this.#mean(MOMENTARY_STEPS)), shortTerm: heard(this.#mean(SHORT_TERM_STEPS)),
      integrated: this.#blocks.gated(10), range: this.#ranges.range(20, 0.1, 0.95),
      truePeakDb: peak > 0 ? 20 * Math.log10(peak) : null, seconds: this.#stepsDone / PER_SECOND,
    }
  }

  #endStep(): void {
    this.#steps.push(this.#squares / this.#stepFrames)
    if (this.#steps.length > SHORT_TERM_STEPS) this.#steps.shift()
    this.#squares = 0
    this.#frames = 0
    this.#stepsDone++
    // A block that reaches back over a reset belongs to what was before.
    if (this.#stepsDone >= MOMENTARY_STEPS) this.#blocks.add(this.#mean(MOMENTARY_STEPS))
    if (this.#stepsDone >= SHORT_TERM_STEPS) this.#ranges.add(this.#mean(SHORT_TERM_STEPS))
  }

  #mean(steps: number): number {
    if (this.#steps.length < steps) return 0
    let sum = 0
    for (let i = this.#steps.length - steps; i < this.#steps.length; i++) sum += this.#steps[i]!
    return sum / steps
  }
}

function heard(meanSquare: number): number | null {
  const lufs = lufsOf(meanSquare)
  return lufs > FLOOR_LUFS ? lufs : null
}
