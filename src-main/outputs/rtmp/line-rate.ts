/** The shortest delay of this long is taken for that of the way itself: no longer, because a way may change to a longer one. */
const BASE_WINDOW_MS = 30_000
/** More than this is never taken for the way itself: a line that stands full for the whole window must not look free. */
const MAX_BASE_MS = 400
/** From this much more on, what is sent waits for the line: then what arrives is what the line takes. */
const BUSY_MS = 40
/** The rate is taken over as much as this, and over no less than that. */
const [MAX_RATE_MS, MIN_RATE_MS] = [800, 120]
/** Silence of this long, on a line that owes something, is no pause between two pieces of news. */
const SILENCE_MS = 400

interface Point {
  totalBytes: number
  atMs: number
}

/**
 * Measures what a line takes, from what the peer is known to have and from how long it was on the way. Below its limits a
 * line shows only what it was given; so the rate is known only while something waits. Pure: the caller brings the time.
 */
export class LineRate {
  #delays: { atMs: number; delayMs: number }[] = []
  #newest: Point | null = null
  /** Since the line is busy. */
  #points: Point[] = []

  /** The peer has this much now; the newest of it was on the way for `delayMs`. */
  accepted(totalBytes: number, delayMs: number, nowMs: number): void {
    // Another witness may know less.
    if (totalBytes < (this.#newest?.totalBytes ?? 0)) this.#points = []
    this.way(delayMs, nowMs)
    this.#newest = { totalBytes, atMs: nowMs }
    this.#points = delayMs - this.baseMs < BUSY_MS ? [] : this.#points.filter((each) => nowMs - each.atMs <= MAX_RATE_MS)
    if (delayMs - this.baseMs >= BUSY_MS) this.#points.push(this.#newest)
  }

  /** Something took this long there and back, e.g. a greeting before there was any media. */
  way(delayMs: number, nowMs: number): void {
    this.#delays = this.#delays.filter((each) => nowMs - each.atMs <= BASE_WINDOW_MS && each.delayMs < delayMs)
    this.#delays.push({ atMs: nowMs, delayMs })
  }

  /** The oldest of what the peer does not have has been on the way for this long: a line that takes nothing has no other news. */
  waiting(ageMs: number, nowMs: number): void {
    if (this.#points.length > 0 || !this.#newest || ageMs - this.baseMs < BUSY_MS || nowMs - this.#newest.atMs < SILENCE_MS) return
    this.#points = [this.#newest]
  }

  /** How long the way takes without any queue, ms. */
  get baseMs(): number {
    return Math.min(MAX_BASE_MS, this.#delays[0]?.delayMs ?? 0)
  }

  /** What the line takes now, kbit/s; 0 while it owes something and takes nothing; null while it is not busy, or not yet long enough. */
  kbps(nowMs: number): number | null {
    const [first, last] = [this.#points[0], this.#points.at(-1)]
    if (!first || !last) return null
    if (nowMs - last.atMs >= SILENCE_MS) return 0
    const spanMs = last.atMs - first.atMs
    if (spanMs < MIN_RATE_MS) return null
    return ((last.totalBytes - first.totalBytes) * 8) / spanMs
  }
}
