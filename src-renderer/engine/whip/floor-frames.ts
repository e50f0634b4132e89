import type { WhipPeer } from '@shared/contracts/whip.ts'
import { type FrameStep, frameStepFor } from '@shared/domain/frame-steps.ts'

/** Estimates dip for a moment now and then: only what was so for two readings, a second, counts. */
const AGREEING = 2

/**
 * How many pictures a second a peer codes, by what its line leaves for them: below the floor every second or fourth one, each about
 * as large as at the floor, as for every other output. Chromium would make them worse and smaller instead.
 */
export class FloorFrames {
  #step: FrameStep = 1
  #wanted: { step: FrameStep; times: number } = { step: 1, times: 0 }

  /** `kbps`: left now, about twice a second. Returns true when something else is in force. */
  look(kbps: number, floor: WhipPeer['floor']): boolean {
    const step = floor === null ? 1 : frameStepFor(kbps, floor.kbps, floor.frameRate, this.#step)
    this.#wanted = { step, times: step === this.#wanted.step ? this.#wanted.times + 1 : 1 }
    if (step === this.#step || this.#wanted.times < AGREEING) return false
    this.#step = step
    return true
  }

  /** Pictures a second; null = all there are. */
  mostFps(floor: WhipPeer['floor']): number | null {
    return floor === null || this.#step === 1 ? null : floor.frameRate / this.#step
  }
}
