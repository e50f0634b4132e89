import type { SoundChunk } from './sound-facts.ts'
import type { Reading } from './sync-events.ts'

/** Five turns of a 1 kHz tone: short enough to place its beginning, long enough to tell it from a voice. */
const WINDOW_MS = 5
/** The page is late now and then, never early; a clock that runs fast by 100 millionths is off by 0.3 ms in this time. */
const ANCHOR_SECONDS = 3

/**
 * How loud a tone is, over time, from sound as it comes (Goertzel's algorithm). The time of a sample is its number over the rate, so that
 * a microphone whose clock runs fast or slow shows as drift; the earliest arrival of the first seconds says when the first sample was.
 */
export class ToneCourse {
  readonly #amplitudes: number[] = []
  #rest = new Float32Array(0)
  #samples = 0
  #rate = 0
  #beganMs = Infinity

  constructor(private readonly toneHz: number) {}

  add({ channels, sampleRate, arrivedMs }: SoundChunk): void {
    const fresh = channels[0]
    if (!fresh) return
    this.#rate = sampleRate
    this.#samples += fresh.length
    if (this.#samples <= ANCHOR_SECONDS * sampleRate) this.#beganMs = Math.min(this.#beganMs, arrivedMs - (this.#samples / sampleRate) * 1000)
    const samples = new Float32Array(this.#rest.length + fresh.length)
    samples.set(this.#rest)
    samples.set(fresh, this.#rest.length)
    const size = this.#size
    let at = 0
    for (; at + size <= samples.length; at += size) this.#amplitudes.push(amplitudeOf(samples, at, size, this.toneHz / sampleRate))
    this.#rest = samples.slice(at)
  }

  /** Each stands for the time around it. */
  readings(): Reading[] {
    const stepMs = (this.#size / this.#rate) * 1000
    return this.#amplitudes.map((value, at) => ({ atMs: this.#beganMs + (at + 0.5) * stepMs, value }))
  }

  get #size(): number {
    return Math.round((this.#rate * WINDOW_MS) / 1000)
  }
}

/** The share of one frequency (in turns a sample) in a stretch of samples, as amplitude. */
function amplitudeOf(samples: Float32Array, from: number, size: number, turns: number): number {
  const factor = 2 * Math.cos(2 * Math.PI * turns)
  let [before, last] = [0, 0]
  for (let at = from; at < from + size; at++) {
    const next = samples[at]! + factor * last - before
    before = last
    last = next
  }
  return (2 * Math.sqrt(Math.max(0, last * last + before * before - factor * last * before))) / size
}
