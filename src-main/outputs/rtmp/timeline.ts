/**
 * Turns the program's clock (µs) into a connection's: whole ms from the first packet, never going back within
 * a kind. RTMP carries it modulo 2^32 (49.7 days), which the chunk writer takes care of.
 */
export class Timeline {
  #originUs: number | null = null
  readonly #lastMs = { audio: 0, video: 0 }

  /** null for sound from before the first picture, which is late on its way: a stream begins with what is seen. */
  toMs(kind: 'audio' | 'video', timestampUs: number): number | null {
    this.#originUs ??= timestampUs
    const beforeOrigin = timestampUs < this.#originUs && timestampUs > this.#originUs - RESTART_MS * 1000
    if (kind === 'audio' && beforeOrigin && this.#lastMs.audio === 0) return null
    let ms = Math.round((timestampUs - this.#originUs) / 1000)
    const latestMs = Math.max(this.#lastMs.audio, this.#lastMs.video)
    if (latestMs - ms > RESTART_MS) {
      // The clock itself began anew: the stream goes on where it was.
      ms = latestMs + 1
      this.#originUs = timestampUs - ms * 1000
    }
    this.#lastMs[kind] = Math.max(ms, this.#lastMs[kind])
    return this.#lastMs[kind]
  }
}

/** Sound and picture never differ this much; a larger step back is another clock. */
const RESTART_MS = 5000
