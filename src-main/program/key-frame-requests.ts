import type { Clock } from '../base/clock.ts'

/** A key frame costs several times a common frame; closer together than this they would ruin the picture. */
const MIN_APART_MS = 500

/**
 * Passes requests for key frames on, at most one per 500 ms. One that comes too early is sent later,
 * unless a key frame arrives first.
 */
export class KeyFrameRequests {
  #sentAtMs = Number.NEGATIVE_INFINITY
  #later: AbortController | null = null

  constructor(
    private readonly clock: Clock,
    private readonly send: () => void,
    private readonly minApartMs = MIN_APART_MS,
  ) {}

  request(): void {
    if (this.#later) return
    const waitMs = this.#sentAtMs + this.minApartMs - this.clock.monotonicMs()
    if (waitMs <= 0) return this.#sendNow()
    const later = new AbortController()
    this.#later = later
    this.clock.sleep(waitMs, later.signal).then(
      () => {
        this.#later = null
        this.#sendNow()
      },
      () => {},
    )
  }

  /** A key frame came: whoever waited for one is served. */
  arrived(): void {
    this.#later?.abort()
    this.#later = null
  }

  close(): void {
    this.arrived()
  }

  #sendNow(): void {
    this.#sentAtMs = this.clock.monotonicMs()
    this.send()
  }
}
