import type { EqualizerBand, SoundFilterOf } from '@shared/domain/sound-filter.ts'
import { Biquad, type Coefficients, coefficientsOf, PASS } from './biquad.ts'
import type { Kernel } from './kernel.ts'

type Equalizer = SoundFilterOf<'three-band-eq'> | SoundFilterOf<'parametric-eq'>

/** Blocks shorter than this glide in steps too small to hear; a longer one is cut. */
const STEP_FRAMES = 32
/** The share of the way that is gone with each step: 95 % after 20 ms. */
const STEP_SHARE = 0.1

/** Where the three bands meet in OBS: 800 Hz and 5 kHz. The middle is a bell over the 2.6 octaves between them. */
const LOW_HZ = 800
const HIGH_HZ = 5000
const MID_HZ = Math.sqrt(LOW_HZ * HIGH_HZ)
const MID_Q = Math.sqrt(HIGH_HZ / LOW_HZ) / (HIGH_HZ / LOW_HZ - 1)

/** Both equalizers are rows of bands. */
export function bandsOf(filter: Equalizer): readonly EqualizerBand[] {
  if (filter.kind === 'parametric-eq') return filter.bands
  return [
    { kind: 'low-shelf', frequencyHz: LOW_HZ, gainDb: filter.lowDb, q: Math.SQRT1_2 },
    { kind: 'peak', frequencyHz: MID_HZ, gainDb: filter.midDb, q: MID_Q },
    { kind: 'high-shelf', frequencyHz: HIGH_HZ, gainDb: filter.highDb, q: Math.SQRT1_2 },
  ]
}

/** One band that glides to its settings. A change of its kind has no way in between and fades from what it was. */
class Band {
  readonly #sections = [new Biquad(), new Biquad()]
  #now: EqualizerBand
  #coefficients: Coefficients

  constructor(private goal: EqualizerBand | null, private readonly sampleRate: number) {
    this.#now = goal ?? { kind: 'peak', frequencyHz: 1000, gainDb: 0, q: 1 }
    this.#coefficients = goal ? coefficientsOf(this.#now, sampleRate) : PASS
  }

  get gone(): boolean {
    return this.goal === null
  }

  set(goal: EqualizerBand | null): void {
    this.goal = goal
  }

  step(): void {
    const { goal } = this
    const wanted = goal ? coefficientsOf(goal, this.sampleRate) : PASS
    if (goal && goal.kind === this.#now.kind) {
      if (same(goal, this.#now)) {
        this.#coefficients = wanted
        return
      }
      const way = (from: number, to: number): number => (Math.abs(to - from) < 1e-4 * Math.abs(to) + 1e-6 ? to : from + (to - from) * STEP_SHARE)
      const frequencyHz = Math.exp(way(Math.log(this.#now.frequencyHz), Math.log(goal.frequencyHz)))
      this.#now = { kind: goal.kind, frequencyHz, gainDb: way(this.#now.gainDb, goal.gainDb), q: way(this.#now.q, goal.q) }
      this.#coefficients = coefficientsOf(this.#now, this.sampleRate)
      return
    }
    // Both ends are stable, and stable second-order sections form a convex set, so everything between them is stable.
    const from = this.#coefficients
    const part = (key: keyof Coefficients): number => from[key] + (wanted[key] - from[key]) * STEP_SHARE
    this.#coefficients = { b0: part('b0'), b1: part('b1'), b2: part('b2'), a1: part('a1'), a2: part('a2') }
    if (goal && Object.keys(wanted).every((key) => Math.abs(this.#coefficients[key as keyof Coefficients] - wanted[key as keyof Coefficients]) < 1e-4)) this.#now = goal
  }

  process(channel: number, samples: Float32Array): void {
    this.#sections[channel]?.process(samples, this.#coefficients)
  }
}

const same = (a: EqualizerBand, b: EqualizerBand): boolean => a.frequencyHz === b.frequencyHz && a.gainDb === b.gainDb && a.q === b.q

export class EqualizerKernel implements Kernel<Equalizer> {
  readonly reductionDb = 0
  readonly #bands: Band[]

  constructor(filter: Equalizer, private readonly sampleRate: number) {
    this.#bands = bandsOf(filter).map((each) => new Band(each, sampleRate))
  }

  set(filter: Equalizer): void {
    const bands = bandsOf(filter)
    for (const [at, band] of this.#bands.entries()) band.set(bands[at] ?? null)
    // A new band begins without effect and fades in.
    for (const each of bands.slice(this.#bands.length)) {
      const band = new Band(null, this.sampleRate)
      band.set(each)
      this.#bands.push(band)
    }
  }

  process(channels: readonly Float32Array[]): void {
    const frames = channels[0]?.length ?? 0
    for (let from = 0; from < frames; from += STEP_FRAMES) {
      const parts = channels.map((each) => each.subarray(from, from + STEP_FRAMES))
      for (const band of this.#bands) {
        band.step()
        for (const [c, samples] of parts.entries()) band.process(c, samples)
      }
    }
  }
}
