/** Stereo samples by their frame number, read at fractional places by cubic (Catmull-Rom) interpolation. */

const CAPACITY_FRAMES = 16_384
/** What interpolation needs behind and ahead of the place that is read. */
const BEHIND = 1
const AHEAD = 2

export class PcmFifo {
  readonly #left = new Float32Array(CAPACITY_FRAMES)
  readonly #right = new Float32Array(CAPACITY_FRAMES)
  #startFrame = 0
  #length = 0

  /** The frame after the last one held. */
  get endFrame(): number {
    return this.#startFrame + this.#length
  }

  /** Empties it; the next sample appended is number `frame`, with silence before it. */
  restartAt(frame: number): void {
    this.#left.fill(0, 0, BEHIND)
    this.#right.fill(0, 0, BEHIND)
    this.#startFrame = frame - BEHIND
    this.#length = BEHIND
  }

  append(left: Float32Array, right: Float32Array): void {
    // A reader that has not taken a third of a second will not miss it: the oldest goes.
    if (this.#length + left.length > CAPACITY_FRAMES) this.#drop(this.#length + left.length - CAPACITY_FRAMES)
    this.#left.set(left, this.#length)
    this.#right.set(right, this.#length)
    this.#length += left.length
  }

  /** Forgets what lies before `position` and is not needed to interpolate there. */
  forgetBefore(position: number): void {
    const frames = Math.min(this.#length, Math.floor(position) - BEHIND - this.#startFrame)
    if (frames > 0) this.#drop(frames)
  }

  /** How many frames can be read from `position` at `ratio` input frames each. */
  readable(position: number, ratio: number): number {
    const reach = this.endFrame - AHEAD - 1 - position
    return reach < 0 ? 0 : Math.floor(reach / ratio) + 1
  }

  /** Fills `planar` (left then right, `half` frames each) from `at` on; returns the position after it. */
  read(planar: Float32Array, half: number, at: number, frames: number, position: number, ratio: number): number {
    let place = Math.max(BEHIND, position - this.#startFrame)
    if (ratio === 1 && Number.isInteger(place)) {
      planar.set(this.#left.subarray(place, place + frames), at)
      planar.set(this.#right.subarray(place, place + frames), half + at)
      return this.#startFrame + place + frames
    }
    for (let i = 0; i < frames; i++) {
      const whole = Math.floor(place)
      const part = place - whole
      planar[at + i] = cubic(this.#left, whole, part)
      planar[half + at + i] = cubic(this.#right, whole, part)
      place += ratio
    }
    return this.#startFrame + place
  }

  #drop(frames: number): void {
    this.#left.copyWithin(0, frames, this.#length)
    this.#right.copyWithin(0, frames, this.#length)
    this.#startFrame += frames
    this.#length -= frames
  }
}

function cubic(samples: Float32Array, whole: number, part: number): number {
  const before = samples[whole - 1]!
  const here = samples[whole]!
  const next = samples[whole + 1]!
  const after = samples[whole + 2]!
  const slope = (next - before) / 2
  const bend = before - 2.5 * here + 2 * next - after / 2
  const twist = (after - before) / 2 + 1.5 * (here - next)
  return here + part * (slope + part * (bend + part * twist))
}
