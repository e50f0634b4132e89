import type { SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { amplitudeOf, type Kernel, stepOf } from './kernel.ts'

/** Short enough not to be noticed, long enough not to click. */
const GLIDE_MS = 10

/** A factor that glides. */
export class Glide {
  #now: number
  #goal: number
  readonly #step: number

  constructor(db: number, sampleRate: number) {
    this.#now = this.#goal = amplitudeOf(db)
    this.#step = stepOf(GLIDE_MS, sampleRate)
  }

  setDb(db: number): void {
    this.#goal = amplitudeOf(db)
  }

  /** The factor for the next sample. */
  next(): number {
    this.#now += (this.#goal - this.#now) * this.#step
    return this.#now
  }
}

export class GainKernel implements Kernel<SoundFilterOf<'gain'>> {
  readonly reductionDb = 0
  readonly #gain: Glide

  constructor(filter: SoundFilterOf<'gain'>, sampleRate: number) {
    this.#gain = new Glide(filter.gainDb, sampleRate)
  }

  set(filter: SoundFilterOf<'gain'>): void {
    this.#gain.setDb(filter.gainDb)
  }

  process(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0
    for (let i = 0; i < frames; i++) {
      const gain = this.#gain.next()
      for (let c = 0; c < channels.length; c++) channels[c]![i]! *= gain
    }
  }
}
