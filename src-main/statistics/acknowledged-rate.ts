/** Confirmations that show a pace: the gaps between them are compared. */
const KEPT = 4
const NEEDED = 3
/** A pace up to this is one that shows in every second. */
const EVERY_SECOND_MS = 1500
/** A confirmation is late when it takes this much longer than usual. */
const LATE = 1.5

/**
 * What a server confirms, kbit/s, by its own pace: one that confirms every five megabytes has not stopped in between. Pure;
 * one per output. `take` once a second.
 */
export class AcknowledgedRate {
  #seen: { bytes: number; atMs: number }[] = []

  /** `bytes`: confirmed in this run so far, null where the server does not tell. `atMs`: monotonic. Null while no pace is known. */
  take(bytes: number | null, atMs: number): number | null {
    const last = this.#seen.at(-1)
    if (bytes === null || bytes < (last?.bytes ?? 0)) this.#seen = []
    if (bytes === null) return null
    const news = bytes > (this.#seen.at(-1)?.bytes ?? 0)
    if (news) this.#seen = [...this.#seen, { bytes, atMs }].slice(-KEPT)
    const [first, newest] = [this.#seen[0], this.#seen.at(-1)]
    if (!first || !newest || this.#seen.length < NEEDED) return null
    const usualMs = this.#usualGapMs()
    if (usualMs <= EVERY_SECOND_MS) return news && last ? kbps(last, newest) : 0
    return atMs - newest.atMs > usualMs * LATE ? 0 : kbps(first, newest)
  }

  /** The middle one: a stall that is over must not pass for the pace. */
  #usualGapMs(): number {
    const gaps = this.#seen.slice(1).map(({ atMs }, index) => atMs - (this.#seen[index]?.atMs ?? atMs))
    return gaps.toSorted((a, b) => a - b)[Math.floor((gaps.length - 1) / 2)] ?? 0
  }
}

const kbps = (from: { bytes: number; atMs: number }, to: { bytes: number; atMs: number }): number => ((to.bytes - from.bytes) * 8) / (to.atMs - from.atMs)
