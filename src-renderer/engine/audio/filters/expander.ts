import type { SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { Glide } from './gain.ts'
import { amplitudeOf, dbOf, type Kernel, stepOf } from './kernel.ts'
import { SlidingMax } from './sliding-max.ts'

/** 20 ms: long enough for the lowest voice, short enough to follow syllables. */
const RMS_MS = 20
const PEAK_MS = 10
/** It makes quiet things quieter, not silent. */
const FLOOR_DB = -60

/** Makes what is below the threshold quieter by `ratio` dB for each dB. RMS or peak of the louder channel; both channels alike. */
export class ExpanderKernel implements Kernel<SoundFilterOf<'expander'>> {
  readonly #rmsStep: number
  readonly #squares = [0, 0]
  readonly #peak: SlidingMax
  readonly #output: Glide
  #filter: SoundFilterOf<'expander'>
  #attack = 0
  #release = 0
  #gainDb = FLOOR_DB

  constructor(filter: SoundFilterOf<'expander'>, private readonly sampleRate: number) {
    this.#rmsStep = stepOf(RMS_MS, sampleRate)
    this.#peak = new SlidingMax(Math.round((PEAK_MS / 1000) * sampleRate))
    this.#output = new Glide(filter.outputGainDb, sampleRate)
    this.#filter = filter
    this.set(filter)
  }

  get reductionDb(): number {
    return -this.#gainDb
  }

  set(filter: SoundFilterOf<'expander'>): void {
    this.#filter = filter
    this.#attack = stepOf(filter.attackMs, this.sampleRate)
    this.#release = stepOf(filter.releaseMs, this.sampleRate)
    this.#output.setDb(filter.outputGainDb)
  }

  process(channels: readonly Float32Array[]): void {
    const { thresholdDb, ratio, detect } = this.#filter
    const frames = channels[0]?.length ?? 0
    for (let i = 0; i < frames; i++) {
      let loudest = 0
      let squares = 0
      for (let c = 0; c < channels.length; c++) {
        const sample = channels[c]![i]!
        loudest = Math.max(loudest, Math.abs(sample))
        this.#squares[c]! += (sample * sample - this.#squares[c]!) * this.#rmsStep
        squares = Math.max(squares, this.#squares[c]!)
      }
      const peak = this.#peak.push(loudest)
      const underDb = thresholdDb - dbOf(detect === 'rms' ? Math.sqrt(squares) : peak)
      const goalDb = underDb > 0 ? Math.max(FLOOR_DB, (1 - ratio) * underDb) : 0
      this.#gainDb += (goalDb - this.#gainDb) * (goalDb > this.#gainDb ? this.#attack : this.#release)
      const factor = amplitudeOf(this.#gainDb) * this.#output.next()
      for (let c = 0; c < channels.length; c++) channels[c]![i]! *= factor
    }
  }
}
