import { US_PER_FRAME } from '../clock-estimator.ts'
import type { ClockAnchor } from '../tap-protocol.ts'

/** A reader's clock older than this (frames) is not trusted any more: the reader is gone. */
const STALE_FRAMES = 96_000
/** How fast the fallback's minimum forgets, µs per frame: 100 ppm. */
const FORGET = US_PER_FRAME * 1e-4

/**
 * Where the context's frames lie on the wall timeline, as the worklet knows it: told by the tap's reader,
 * which also stamps the program; without a reader, out of the wall clock (worklets have no `performance`).
 */
export class ContextClock {
  #told: ClockAnchor | null = null
  #offsetUs: number | null = null
  #seenFrame = 0

  tell(anchor: ClockAnchor): void {
    this.#told = anchor
  }

  /** Wall time of `frame`, which is being rendered now, µs. */
  wallUs(frame: number): number {
    if (this.#told && frame - this.#told.frame < STALE_FRAMES) return this.#told.wallUs + (frame - this.#told.frame) * this.#told.usPerFrame
    const offsetUs = Date.now() * 1000 - frame * US_PER_FRAME
    const kept = this.#offsetUs === null ? offsetUs : Math.min(offsetUs, this.#offsetUs + (frame - this.#seenFrame) * FORGET)
    this.#offsetUs = kept
    this.#seenFrame = frame
    return frame * US_PER_FRAME + kept
  }
}
