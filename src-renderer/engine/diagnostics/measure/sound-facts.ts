import { dbfsOf } from '../../audio/levels.ts'

/** A stretch of sound as it came: one array per channel, samples of -1 to 1. */
export interface SoundChunk {
  sampleRate: number
  channels: readonly Float32Array[]
  /** When the page had it, ms (monotonic). */
  arrivedMs: number
}

/** webrtc/testrtc: more than six samples in a row at full scale are heard as a crackle. */
const CLIPPED_RUN = 6
/** Full scale of 16-bit sound after its way through floats. */
const FULL_SCALE = 32_767 / 32_768
/** One step of 16-bit sound: a channel that never goes beyond it is silent (testrtc). */
export const DIGITAL_SILENCE = 1 / 32_767
/** At most so many levels are kept: two minutes and a bit. */
const MAX_LEVELS = 300

export interface SoundFacts {
  seconds: number
  /** RMS of each half second, dBFS without the constant part, oldest first. */
  levelsDbfs: number[]
  /** The loudest sample, dBFS. */
  peakDbfs: number
  /** Stretches of clipped samples. */
  clips: number
  /** The loudest sample of each channel, 1 = full scale, without the constant part. */
  channelPeaks: number[]
  sampleRate: number
}

export interface LevelReading {
  rmsDbfs: number
  peakDbfs: number
}

/** Gathers what there is to say about sound, in memory that does not grow with its length. */
export class SoundGauge {
  #samples = 0
  #rate = 0
  #peak = 0
  #clips = 0
  readonly #runs: number[] = []
  readonly #lows: number[] = []
  readonly #highs: number[] = []
  readonly #levels: number[] = []
  #window = newWindow()

  /** `windowMs` is how long each level is. */
  constructor(private readonly windowMs = 500) {}

  /** Returns the level of each window that this chunk completes. */
  add({ sampleRate, channels }: SoundChunk): LevelReading[] {
    const frames = channels[0]?.length ?? 0
    this.#rate = sampleRate
    this.#samples += frames
    const size = Math.round((sampleRate * this.windowMs) / 1000)
    const readings: LevelReading[] = []
    for (let from = 0; from < frames; ) {
      const to = Math.min(frames, from + size - this.#window.frames)
      for (let channel = 0; channel < channels.length; channel++) this.#take(channels[channel]!, channel, from, to)
      this.#window.frames += to - from
      from = to
      if (this.#window.frames >= size) readings.push(this.#close())
    }
    return readings
  }

  get facts(): SoundFacts {
    return {
      seconds: this.#rate > 0 ? this.#samples / this.#rate : 0,
      levelsDbfs: [...this.#levels],
      peakDbfs: dbfsOf(this.#peak),
      clips: this.#clips,
      channelPeaks: this.#highs.map((high, channel) => (high - this.#lows[channel]!) / 2),
      sampleRate: this.#rate,
    }
  }

  #take(samples: Float32Array, channel: number, from: number, to: number): void {
    let [sum, squares, run, peak] = [0, 0, this.#runs[channel] ?? 0, 0]
    let low = this.#lows[channel] ?? Infinity
    let high = this.#highs[channel] ?? -Infinity
    for (let at = from; at < to; at++) {
      const sample = samples[at]!
      const size = Math.abs(sample)
      sum += sample
      squares += sample * sample
      if (size > peak) peak = size
      if (sample < low) low = sample
      if (sample > high) high = sample
      run = size >= FULL_SCALE ? run + 1 : 0
      if (run === CLIPPED_RUN + 1) this.#clips++
    }
    this.#runs[channel] = run
    this.#lows[channel] = low
    this.#highs[channel] = high
    this.#peak = Math.max(this.#peak, peak)
    this.#window.peak = Math.max(this.#window.peak, peak)
    this.#window.sums[channel] = (this.#window.sums[channel] ?? 0) + sum
    this.#window.squares[channel] = (this.#window.squares[channel] ?? 0) + squares
  }

  /** Of several channels the loudest counts; a constant voltage is no sound. */
  #close(): LevelReading {
    const { frames, sums, squares, peak } = this.#window
    const powers = squares.map((each, channel) => Math.max(0, each / frames - (sums[channel]! / frames) ** 2))
    const rmsDbfs = dbfsOf(Math.sqrt(Math.max(0, ...powers)))
    this.#window = newWindow()
    this.#levels.push(rmsDbfs)
    if (this.#levels.length > MAX_LEVELS) this.#levels.shift()
    return { rmsDbfs, peakDbfs: dbfsOf(peak) }
  }
}

const newWindow = () => ({ frames: 0, peak: 0, sums: [] as number[], squares: [] as number[] })

/** A level for a bar: 0 = -60 dBFS and below, 100 = full scale. */
export const barOf = (dbfs: number): number => Math.round(Math.min(100, Math.max(0, ((dbfs + 60) / 60) * 100)))

/** RMS of the quietest second, dBFS, from levels of half a second; of a shorter stretch its quietest part. */
export function noiseFloorDbfs(levelsDbfs: readonly number[]): number {
  const powers = levelsDbfs.map((each) => 10 ** (each / 10))
  const seconds = powers.slice(1).map((each, at) => (each + powers[at]!) / 2)
  const quietest = Math.min(...(seconds.length > 0 ? seconds : powers))
  return Number.isFinite(quietest) ? Math.max(-100, 10 * Math.log10(quietest)) : -100
}
