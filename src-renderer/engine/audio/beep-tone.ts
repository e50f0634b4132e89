import { SAMPLE_RATE } from './tap-protocol.ts'

export const BEEP_HZ = 1000
export const BEEP_FRAMES = SAMPLE_RATE / 10
/** -12 dBFS peak: loud enough to be found by a meter, far from clipping when mixed with a voice. */
export const BEEP_AMPLITUDE = 0.25
/** 1 ms up and down, so that it does not click; its onset is still within a sample or two. */
const EDGE_FRAMES = SAMPLE_RATE / 1000
const SECOND_US = 1_000_000
const US_PER_FRAME = SECOND_US / SAMPLE_RATE

/** The test tone: starts at the frame that lies on each full second of the wall timeline. */
export class BeepTone {
  #startFrame = -Infinity
  #second = 0

  /** Overwrites `out`, whose first sample is number `frame` and lies at `wallUs`. */
  render(out: Float32Array, frame: number, wallUs: number): void {
    const second = Math.floor((wallUs + out.length * US_PER_FRAME) / SECOND_US)
    const startsAt = Math.round((second * SECOND_US - wallUs) / US_PER_FRAME)
    // A clock that moves by a hair around the second must not ring it twice.
    if (startsAt >= 0 && startsAt < out.length && second !== this.#second && frame + startsAt - this.#startFrame > SAMPLE_RATE / 2) {
      this.#second = second
      this.#startFrame = frame + startsAt
    }
    for (let i = 0; i < out.length; i++) {
      const age = frame + i - this.#startFrame
      out[i] = age >= 0 && age < BEEP_FRAMES ? toneAt(age) : 0
    }
  }
}

function toneAt(age: number): number {
  const edge = Math.min(1, (age + 1) / EDGE_FRAMES, (BEEP_FRAMES - age) / EDGE_FRAMES)
  return BEEP_AMPLITUDE * edge * Math.sin((2 * Math.PI * BEEP_HZ * age) / SAMPLE_RATE)
}
