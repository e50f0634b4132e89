import { ClockEstimator, US_PER_FRAME } from './clock-estimator.ts'
import { PcmFifo } from './pcm-fifo.ts'
import { BATCH_FRAMES, type ClockAnchor } from './tap-protocol.ts'

/** One AAC frame's worth of sound on the program's timeline. */
export interface TimedPcm {
  timestampUs: number
  durationUs: number
  /** BATCH_FRAMES of the left channel, then of the right; the receiver may keep it. */
  planar: Float32Array<ArrayBuffer>
}

/** The most that the pitch is bent: 3.5 cents, which nobody hears. */
const MAX_BEND = 0.002
/** A distance from the timeline is worked off at 1/5 per second. */
const CORRECTION_US = 5_000_000
/** Nothing is resampled for less: a context on the same clock as the page passes through untouched. */
const IDLE_PPM = 3
const IDLE_US = 300
/**
 * Beyond this, silence is put in or sound left out: bending 10 ms away takes 5 s, and a busy machine makes Chromium
 * lose 10 to 20 ms of rendering at once, again and again; the sound may never be 40 ms off the picture.
 */
const STEP_US = 10_000
/** A longer hole (the computer slept) is not filled: the timeline jumps. */
const MAX_FILL_US = 10_000_000
/** So many ticks without a batch mean that the context stands. */
const QUIET_TICKS = 3
/** A tick that comes later than this says that this thread stood, not the context. */
const LATE_TICK_US = 250_000
/** Silence stays this far behind the present, so that sound that comes back finds its place ahead of it. */
const SILENCE_BEHIND_US = 250_000

/**
 * Puts a context's sound on the wall timeline: exactly 48,000 frames per wall second, stamps on one grid,
 * whatever the sound card's clock does. Drift is resampled away, gaps become silence.
 * Pure: time comes in with each batch and tick. One tick per 100 ms.
 */
export class DriftCorrector {
  readonly #emit: (pcm: TimedPcm) => void
  readonly #clock = new ClockEstimator()
  readonly #fifo = new PcmFifo()
  #running = false
  /** Where the next output frame lies in the input, in frames of the context. */
  #position = 0
  #nextFrame: number | null = null
  #continuous = false
  #baseUs: number | null = null
  #framesOut = 0
  #pending = new Float32Array(BATCH_FRAMES * 2)
  #filled = 0
  #lastTickUs = -Infinity
  #quietTicks = 0

  constructor(emit: (pcm: TimedPcm) => void) {
    this.#emit = emit
  }

  /** Of the context against the wall clock; positive when it runs fast. */
  get driftPpm(): number {
    return this.#clock.driftPpm
  }

  /** Where frames that come next will lie, as far as is known. */
  get anchor(): ClockAnchor | null {
    if (this.#nextFrame === null || !this.#clock.ready) return null
    return { frame: this.#nextFrame, wallUs: this.#clock.wallUsAt(this.#nextFrame), usPerFrame: US_PER_FRAME / (1 + this.driftPpm / 1e6) }
  }

  /** Emits from the next batch on. Without it, batches only teach the clock. */
  start(): void {
    this.#running = true
    this.#continuous = false
    this.#quietTicks = 0
    this.#rebase(null)
  }

  stop(): void {
    this.#running = false
  }

  /** Sound from `frame` on, that arrived at `arrivalUs` on the wall timeline. Both channels have the same length. */
  push(frame: number, left: Float32Array, right: Float32Array, arrivalUs: number): void {
    const starved = this.#quietTicks >= QUIET_TICKS
    this.#quietTicks = 0
    // Another context, or one that stood: where its clock lies has to be learnt anew.
    if (starved || (this.#nextFrame !== null && frame < this.#nextFrame)) this.#clock.reset()
    if (starved || frame !== this.#nextFrame) this.#continuous = false
    this.#nextFrame = frame + left.length
    this.#clock.add(this.#nextFrame, arrivalUs)
    if (!this.#running) return
    if (!this.#continuous) {
      this.#fifo.restartAt(frame)
      this.#position = frame
    }
    this.#fifo.append(left, right)
    this.#baseUs ??= this.#clock.wallUsAt(this.#position)
    const ratio = this.#steer()
    this.#continuous = true
    this.#resample(ratio)
  }

  /** Fills with silence while nothing comes. */
  tick(nowUs: number): void {
    const late = nowUs - this.#lastTickUs > LATE_TICK_US
    this.#lastTickUs = nowUs
    this.#quietTicks = late ? 0 : this.#quietTicks + 1
    if (!this.#running || this.#quietTicks < QUIET_TICKS) return
    const untilUs = nowUs - SILENCE_BEHIND_US
    if (this.#baseUs === null || untilUs - this.#stampUs() > MAX_FILL_US) this.#rebase(untilUs)
    else this.#silence(untilUs - this.#stampUs())
  }

  /** Returns how many input frames become one output frame, having stepped where bending is not enough. */
  #steer(): number {
    const aheadUs = this.#stampUs() - this.#clock.wallUsAt(this.#position)
    if (aheadUs < -MAX_FILL_US) this.#rebase(this.#clock.wallUsAt(this.#position))
    else if (aheadUs < -STEP_US || (!this.#continuous && aheadUs < 0)) this.#silence(-aheadUs)
    else if (aheadUs > STEP_US) this.#position += Math.round(aheadUs / US_PER_FRAME)
    else if (Math.abs(this.driftPpm) > IDLE_PPM || Math.abs(aheadUs) > IDLE_US) {
      return 1 + Math.max(-MAX_BEND, Math.min(MAX_BEND, this.driftPpm / 1e6 + aheadUs / CORRECTION_US))
    }
    return 1
  }

  #resample(ratio: number): void {
    for (;;) {
      const frames = Math.min(BATCH_FRAMES - this.#filled, this.#fifo.readable(this.#position, ratio))
      if (frames <= 0) break
      this.#position = this.#fifo.read(this.#pending, BATCH_FRAMES, this.#filled, frames, this.#position, ratio)
      this.#advance(frames)
    }
    this.#fifo.forgetBefore(this.#position)
  }

  #silence(us: number): void {
    let left = Math.round(us / US_PER_FRAME)
    while (left > 0) {
      const frames = Math.min(BATCH_FRAMES - this.#filled, left)
      this.#pending.fill(0, this.#filled, this.#filled + frames)
      this.#pending.fill(0, BATCH_FRAMES + this.#filled, BATCH_FRAMES + this.#filled + frames)
      this.#advance(frames)
      left -= frames
    }
  }

  /** Counts `frames` as written and hands a full block out. */
  #advance(frames: number): void {
    this.#filled += frames
    this.#framesOut += frames
    if (this.#filled < BATCH_FRAMES) return
    const endUs = Math.round(this.#stampUs())
    const timestampUs = Math.round(this.#baseUs! + (this.#framesOut - BATCH_FRAMES) * US_PER_FRAME)
    const planar = this.#pending
    this.#pending = new Float32Array(BATCH_FRAMES * 2)
    this.#filled = 0
    this.#emit({ timestampUs, durationUs: endUs - timestampUs, planar })
  }

  #stampUs(): number {
    return this.#baseUs! + this.#framesOut * US_PER_FRAME
  }

  #rebase(us: number | null): void {
    this.#baseUs = us
    this.#framesOut = 0
    this.#filled = 0
  }
}
