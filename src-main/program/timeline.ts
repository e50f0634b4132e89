import type { Packet } from '@shared/domain/packet.ts'

export interface TimelineLimits {
  /** A new page's clock further than this from where the program should be by now is not the same clock. */
  maxStepMs: number
  /** Within one page a clock that falls back by more than this has begun anew. */
  maxBackMs: number
}

/** A clock that goes on differs by the encoder's and the port's delay only; 2 s leaves room for a busy machine. */
const DEFAULT_LIMITS: TimelineLimits = { maxStepMs: 2000, maxBackMs: 1000 }
/** Smallest step from one page to the next: about one frame of sound. */
const SMALLEST_STEP_US = 20_000

/**
 * Keeps the program's time stamps rising while pages come and go. A page's clock is taken as it is while
 * it goes on from the last one; otherwise it is shifted so that the program goes on at
 * "last time stamp + time that has passed".
 */
export class Timeline {
  #offsetUs = 0
  #newPage = false
  #newestAtMs = 0
  #newestUs = Number.NEGATIVE_INFINITY
  /** By kind, and by track where it is a further sound. */
  readonly #lastUs = new Map<string, number>()
  #rebases = 0

  constructor(private readonly limits: TimelineLimits = DEFAULT_LIMITS) {}

  /** How often a page's clock had to be shifted. */
  get rebases(): number {
    return this.#rebases
  }

  /** The next packet may come from another clock. */
  pageChanged(): void {
    this.#newPage = true
  }

  /**
   * The program's time stamp for a packet that arrives at `nowMs` (monotonic); `late` when it would not
   * rise within its kind and track, `restarted` when the page's clock has begun anew without notice.
   */
  place(packet: Pick<Packet, 'kind' | 'track' | 'timestampUs'>, nowMs: number): number | 'late' | 'restarted' {
    if (this.#newPage && this.#newestUs >= 0) this.#meetNewClock(packet.timestampUs, nowMs)
    this.#newPage = false
    const placedUs = packet.timestampUs + this.#offsetUs
    const lane = `${packet.kind}${packet.track ?? ''}`
    const lastUs = this.#lastUs.get(lane) ?? Number.NEGATIVE_INFINITY
    if (placedUs < lastUs - this.limits.maxBackMs * 1000) return 'restarted'
    if (placedUs <= lastUs) return 'late'
    this.#lastUs.set(lane, placedUs)
    if (placedUs > this.#newestUs) this.#newestUs = placedUs
    this.#newestAtMs = nowMs
    return placedUs
  }

  #meetNewClock(timestampUs: number, nowMs: number): void {
    const expectedUs = this.#newestUs + (nowMs - this.#newestAtMs) * 1000
    const placedUs = timestampUs + this.#offsetUs
    if (placedUs > this.#newestUs && Math.abs(placedUs - expectedUs) <= this.limits.maxStepMs * 1000) return
    this.#offsetUs = Math.max(expectedUs, this.#newestUs + SMALLEST_STEP_US) - timestampUs
    this.#rebases++
  }
}
