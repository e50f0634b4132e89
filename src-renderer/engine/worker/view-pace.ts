/** A round of smooth views that takes longer than this (mean, ms) leaves the program too little of its 33 ms. */
const DEAR_MS = 9
/** One round counts at most this much: a moment's hitch is no load. */
const MOST_MS = 30
/** A round that is not over when the next is due counts by 1, and is forgotten by a tenth in each round that is. */
const MOST_STRAIN = 3
/** Then everything is seen at half the rate for so long before it is tried again. */
const REST_MS = 5000

/** Decides whether the machine keeps up with views at the full rate. */
export class ViewPace {
  #meanMs = 0
  #strain = 0
  #restUntilMs = -Infinity

  full(nowMs: number): boolean {
    return nowMs >= this.#restUntilMs
  }

  /** A round at the full rate took this long. */
  took(ms: number, nowMs: number): void {
    this.#meanMs += (Math.min(ms, MOST_MS) - this.#meanMs) * 0.1
    this.#strain *= 0.9
    if (this.#meanMs > DEAR_MS) this.#rest(nowMs)
  }

  /** The round before was not over when the next one was due. */
  missed(nowMs: number): void {
    if (++this.#strain > MOST_STRAIN) this.#rest(nowMs)
  }

  #rest(nowMs: number): void {
    this.#restUntilMs = nowMs + REST_MS
    this.#meanMs = 0
    this.#strain = 0
  }
}
