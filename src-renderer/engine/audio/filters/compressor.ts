import type { SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { Glide } from './gain.ts'
import { amplitudeOf, dbOf, type Kernel, loudestAt, stepOf } from './kernel.ts'
import { SlidingMax } from './sliding-max.ts'

/** The level is the highest peak of the last 10 ms: exact for every tone from 50 Hz on, and none of its waves is followed. */
const PEAK_MS = 10

/**
 * Makes what is above the threshold quieter: of `ratio` dB above it one is left. With a side chain the key's level decides,
 * which is ducking: music goes down while somebody speaks. Both channels alike, so the picture does not wander.
 */
export class CompressorKernel implements Kernel<SoundFilterOf<'compressor'>> {
  readonly #peak: SlidingMax
  readonly #output: Glide
  #filter: SoundFilterOf<'compressor'>
  #attack = 0
  #release = 0
  #gainDb = 0

  constructor(filter: SoundFilterOf<'compressor'>, private readonly sampleRate: number) {
    this.#peak = new SlidingMax(Math.round((PEAK_MS / 1000) * sampleRate))
    this.#output = new Glide(filter.outputGainDb, sampleRate)
    this.#filter = filter
    this.set(filter)
  }

  get reductionDb(): number {
    return -this.#gainDb
  }

  set(filter: SoundFilterOf<'compressor'>): void {
    this.#filter = filter
    this.#attack = stepOf(filter.attackMs, this.sampleRate)
    this.#release = stepOf(filter.releaseMs, this.sampleRate)
    this.#output.setDb(filter.outputGainDb)
  }

  process(channels: readonly Float32Array[], key: readonly Float32Array[] | null): void {
    const { thresholdDb, ratio } = this.#filter
    const slope = 1 - 1 / ratio
    const heard = key ?? channels
    const frames = channels[0]?.length ?? 0
    for (let i = 0; i < frames; i++) {
      const overDb = dbOf(this.#peak.push(loudestAt(heard, i))) - thresholdDb
      const goalDb = overDb > 0 ? -slope * overDb : 0
      this.#gainDb += (goalDb - this.#gainDb) * (goalDb < this.#gainDb ? this.#attack : this.#release)
      const factor = amplitudeOf(this.#gainDb) * this.#output.next()
      for (let c = 0; c < channels.length; c++) channels[c]![i]! *= factor
    }
  }
}
