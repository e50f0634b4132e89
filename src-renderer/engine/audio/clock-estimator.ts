import { SAMPLE_RATE } from './tap-protocol.ts'

/** The nominal length of one frame of the context, µs. */
export const US_PER_FRAME = 1_000_000 / SAMPLE_RATE
const BLOCK_FRAMES = SAMPLE_RATE
/** One minute of blocks for the slope: jitter of 0.3 ms leaves 2 to 3 ppm. */
const SLOPE_BLOCKS = 60
/** Below this the slope would be mostly noise. */
const SLOPE_MIN_BLOCKS = 8
/** The level follows the last few seconds, by their median: one busy second moves nothing. */
const LEVEL_BLOCKS = 5
/** A second whose best arrival is this far off the line did not have jitter: the context's clock jumped. */
const JUMP_US = 200_000
/** No sound card is worse; a larger slope is an accident of measurement. */
const MAX_PPM = 1000

/** So many seconds in a row that are this far off, all to one side: rendering was lost (or caught up), it is not drift. */
const STEP_BLOCKS = 3
const STEP_US = 5000

interface Block {
  frame: number
  offsetUs: number
  /** From the line as it was when the block ended. */
  deviationUs: number
}

/**
 * Where the context's sample clock lies on the wall timeline, out of nothing but when batches arrived.
 * An arrival is never early and often late, so of each second only the earliest counts; the drift is the
 * median of the slopes between those (Theil-Sen, which a few bad seconds do not bend).
 */
export class ClockEstimator {
  #blocks: Block[] = []
  #block: Block | null = null
  #blockEndFrame = 0
  #levelUs = 0
  #slope = 0

  /** Fast or slow context against the wall clock, ppm: positive when the context's samples come too fast. */
  get driftPpm(): number {
    return -this.#slope * 1e6 / US_PER_FRAME
  }

  get ready(): boolean {
    return this.#block !== null || this.#blocks.length > 0
  }

  /** A batch that ends before `endFrame` arrived at `arrivalUs`. Returns true when the clock was seen to have jumped. */
  add(endFrame: number, arrivalUs: number): boolean {
    const offsetUs = arrivalUs - endFrame * US_PER_FRAME
    let jumped = false
    if (this.#block && endFrame >= this.#blockEndFrame) jumped = this.#finish(this.#block)
    if (!this.#block || endFrame >= this.#blockEndFrame) {
      this.#block = { frame: endFrame, offsetUs, deviationUs: 0 }
      this.#blockEndFrame = endFrame + BLOCK_FRAMES
    } else if (offsetUs < this.#block.offsetUs) {
      this.#block = { frame: endFrame, offsetUs, deviationUs: 0 }
    }
    return jumped
  }

  /** The wall time of a frame, µs. Only when `ready`. */
  wallUsAt(frame: number): number {
    return frame * US_PER_FRAME + this.#offsetUsAt(frame)
  }

  /** Forgets where the clock lay, but not how fast it runs: after a gap the same hardware goes on. */
  reset(): void {
    this.#blocks = []
    this.#block = null
  }

  #offsetUsAt(frame: number): number {
    if (this.#blocks.length > 0) return this.#levelUs + this.#slope * (frame - this.#blocks[0]!.frame)
    return this.#block!.offsetUs + this.#slope * (frame - this.#block!.frame)
  }

  #finish(block: Block): boolean {
    if (this.#blocks.length > 0) block.deviationUs = block.offsetUs - this.#offsetUsAt(block.frame)
    const jumped = Math.abs(block.deviationUs) > JUMP_US
    if (jumped) this.#blocks = []
    this.#blocks.push(block)
    if (this.#blocks.length > SLOPE_BLOCKS) this.#blocks.shift()
    this.#takeStep()
    if (this.#blocks.length >= SLOPE_MIN_BLOCKS) this.#slope = slopeOf(this.#blocks)
    const first = this.#blocks[0]!
    this.#levelUs = median(this.#blocks.slice(-LEVEL_BLOCKS).map((each) => each.offsetUs - this.#slope * (each.frame - first.frame)))
    return jumped
  }

  /** Moves the past to where the clock lies now, so that a step neither looks like drift nor is learnt slowly. */
  #takeStep(): void {
    const recent = this.#blocks.slice(-STEP_BLOCKS)
    const deviations = recent.map((each) => each.deviationUs)
    if (recent.length < STEP_BLOCKS || !(deviations.every((each) => each > STEP_US) || deviations.every((each) => each < -STEP_US))) return
    const stepUs = median(deviations)
    for (const each of this.#blocks.slice(0, -STEP_BLOCKS)) each.offsetUs += stepUs
    for (const each of recent) each.deviationUs = 0
  }
}

/** µs of offset gained per frame. */
function slopeOf(blocks: readonly Block[]): number {
  const slopes: number[] = []
  for (let i = 0; i < blocks.length; i++) {
    for (let j = i + 1; j < blocks.length; j++) {
      slopes.push((blocks[j]!.offsetUs - blocks[i]!.offsetUs) / (blocks[j]!.frame - blocks[i]!.frame))
    }
  }
  const limit = (MAX_PPM * US_PER_FRAME) / 1e6
  return Math.max(-limit, Math.min(limit, median(slopes)))
}

function median(values: number[]): number {
  values.sort((a, b) => a - b)
  const middle = values.length >> 1
  return values.length % 2 === 1 ? values[middle]! : (values[middle - 1]! + values[middle]!) / 2
}
