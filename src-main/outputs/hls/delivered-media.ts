/** Media that is in its place, as counters. */
export interface MediaCount {
  frames: number
  bytes: number
}

interface Piece extends MediaCount {
  fromMs: number
  toMs: number
}

/** Rates are taken over this long: the end of one segment and the delivery of the next never meet exactly. */
const RATE_OVER_MS = 2000

/**
 * What has been delivered, told as evenly as it is played. Segments arrive as a whole every few seconds: a counter that jumps by
 * 120 frames and then stands still says nothing. So each segment, once it is in its place (never before), counts bit by bit over
 * its own length, one after the other; who looks each second sees the rate of the last whole segments, and nothing once they are
 * over and no other has come. Pure: the caller brings the time, ms of a monotonic clock.
 */
export class DeliveredMedia {
  readonly #counting: Piece[] = []
  readonly #counted: MediaCount = { frames: 0, bytes: 0 }
  readonly #samples: { bytes: number; atMs: number }[] = []
  #endsAtMs = Number.NEGATIVE_INFINITY

  /** `wishedMs`: how long segments are to be. What comes late is told at most so much later than it came. */
  constructor(private readonly wishedMs: number) {}

  /** One more segment is in its place. */
  add({ frames, bytes, durationMs }: MediaCount & { durationMs: number }, nowMs: number): void {
    // The first segment is a short one, so that viewers need not wait; what follows it comes only after a whole one.
    const lengthMs = this.#endsAtMs === Number.NEGATIVE_INFINITY ? Math.max(durationMs, this.wishedMs) : durationMs
    const fromMs = Math.min(Math.max(nowMs, this.#endsAtMs), nowMs + this.wishedMs)
    this.#endsAtMs = Math.max(this.#endsAtMs, fromMs + lengthMs)
    this.#counting.push({ frames, bytes, fromMs, toMs: fromMs + lengthMs })
  }

  /** How far the counters are. */
  at(nowMs: number): MediaCount {
    while (this.#counting[0] && this.#counting[0].toMs <= nowMs) {
      const { frames, bytes } = this.#counting.shift() as Piece
      this.#counted.frames += frames
      this.#counted.bytes += bytes
    }
    const under = this.#counting.map((piece) => ({ ...piece, part: Math.min(1, Math.max(0, (nowMs - piece.fromMs) / (piece.toMs - piece.fromMs))) }))
    return {
      frames: Math.floor(under.reduce((sum, { frames, part }) => sum + frames * part, this.#counted.frames)),
      bytes: Math.floor(under.reduce((sum, { bytes, part }) => sum + bytes * part, this.#counted.bytes)),
    }
  }

  /** kbit/s. Call about twice a second. */
  rateKbps(nowMs: number): number {
    const { bytes } = this.at(nowMs)
    this.#samples.push({ bytes, atMs: nowMs })
    while (this.#samples.length > 2 && nowMs - (this.#samples[1]?.atMs ?? nowMs) >= RATE_OVER_MS) this.#samples.shift()
    const first = this.#samples[0]
    return first && nowMs > first.atMs ? ((bytes - first.bytes) * 8) / (nowMs - first.atMs) : 0
  }
}
