import type { SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { amplitudeOf, dbOf, type Kernel, loudestAt } from './kernel.ts'

/** The level falls from the upper threshold to the lower one in this time at the fastest, so that it does not follow single waves. */
const FALL_S = 1 / 75

/** Silence below a threshold: opens over `attackMs`, stays open `holdMs` after the sound fell below the lower one, closes over `releaseMs`. */
export class GateKernel implements Kernel<SoundFilterOf<'gate'>> {
  #open = 0
  #close = 0
  #attack = 0
  #release = 0
  #fall = 0
  #holdFrames = 0
  #level = 0
  #isOpen = false
  #closedFrames = Infinity
  #factor = 0

  constructor(filter: SoundFilterOf<'gate'>, private readonly sampleRate: number) {
    this.set(filter)
  }

  get reductionDb(): number {
    return Math.min(60, -dbOf(this.#factor))
  }

  set(filter: SoundFilterOf<'gate'>): void {
    const frames = (ms: number): number => Math.max(1, (ms / 1000) * this.sampleRate)
    this.#open = amplitudeOf(filter.openDb)
    // A lower threshold above the upper one would open and close with every wave.
    this.#close = amplitudeOf(Math.min(filter.closeDb, filter.openDb))
    this.#attack = 1 / frames(filter.attackMs)
    this.#release = 1 / frames(filter.releaseMs)
    this.#holdFrames = (filter.holdMs / 1000) * this.sampleRate
    this.#fall = Math.max(this.#open - this.#close, this.#open * 0.1) / (FALL_S * this.sampleRate)
  }

  process(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0
    for (let i = 0; i < frames; i++) {
      const loudest = loudestAt(channels, i)
      if (loudest > this.#open) this.#isOpen = true
      else if (this.#isOpen && this.#level < this.#close) {
        this.#isOpen = false
        this.#closedFrames = 0
      }
      this.#level = Math.max(loudest, this.#level - this.#fall)
      if (this.#isOpen) this.#factor = Math.min(1, this.#factor + this.#attack)
      else if (++this.#closedFrames > this.#holdFrames) this.#factor = Math.max(0, this.#factor - this.#release)
      for (let c = 0; c < channels.length; c++) channels[c]![i]! *= this.#factor
    }
  }
}
