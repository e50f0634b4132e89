import type { SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { amplitudeOf, dbOf, type Kernel, loudestAt, stepOf } from './kernel.ts'
import { SlidingMax } from './sliding-max.ts'

const LOOK_AHEAD_MS = 5
const MAX_CHANNELS = 2

/**
 * No sample leaves it above the ceiling. The sound waits 5 ms, and the gain is down before a peak arrives: the highest
 * peak of those 5 ms gives the gain that is needed, a mean over as long makes the way there smooth. Both windows being as
 * long as the delay, the mean has reached the needed gain when its peak comes out.
 */
export class LimiterKernel implements Kernel<SoundFilterOf<'limiter'>> {
  readonly #ahead: number
  readonly #peak: SlidingMax
  readonly #gains: Float64Array
  readonly #waiting: readonly Float32Array[]
  #sum: number
  #at = 0
  #gain = 1
  #applied = 1
  #ceiling = 1
  #release = 0

  constructor(filter: SoundFilterOf<'limiter'>, private readonly sampleRate: number) {
    const ahead = Math.max(1, Math.round((LOOK_AHEAD_MS / 1000) * sampleRate))
    this.#ahead = ahead
    this.#peak = new SlidingMax(ahead)
    this.#gains = new Float64Array(ahead).fill(1)
    this.#sum = ahead
    this.#waiting = Array.from({ length: MAX_CHANNELS }, () => new Float32Array(ahead))
    this.set(filter)
  }

  get reductionDb(): number {
    return -dbOf(this.#applied)
  }

  set(filter: SoundFilterOf<'limiter'>): void {
    this.#ceiling = amplitudeOf(filter.thresholdDb)
    this.#release = stepOf(filter.releaseMs, this.sampleRate)
  }

  process(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0
    for (let i = 0; i < frames; i++) {
      const peak = this.#peak.push(loudestAt(channels, i))
      const needed = peak > this.#ceiling ? this.#ceiling / peak : 1
      this.#gain = Math.min(needed, this.#gain + (1 - this.#gain) * this.#release)
      this.#sum += this.#gain - this.#gains[this.#at]!
      this.#gains[this.#at] = this.#gain
      this.#applied = Math.min(1, this.#sum / this.#ahead)
      for (let c = 0; c < channels.length; c++) {
        const waiting = this.#waiting[c]!
        const sample = channels[c]![i]!
        // The oldest of the last `ahead` samples, this one included.
        waiting[this.#at] = sample
        const oldest = waiting[(this.#at + 1) % this.#ahead]! * this.#applied
        // The sum's rounding, and a ceiling that was just pulled down.
        channels[c]![i] = Math.max(-this.#ceiling, Math.min(this.#ceiling, oldest))
      }
      this.#at = (this.#at + 1) % this.#ahead
    }
    // Additions and subtractions leave a rest; summing anew from time to time keeps it from growing.
    if (this.#at < frames) this.#sum = this.#gains.reduce((sum, each) => sum + each, 0)
  }
}
