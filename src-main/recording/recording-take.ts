import type { StudioError } from '@shared/domain/errors.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { Clock } from '../base/clock.ts'
import type { ProgramBus } from '../bus/program-bus.ts'
import { LIVE_LIMITS, type QueueLimits, type SubscriberQueue } from '../bus/subscriber-queue.ts'
import { recordingFailure } from './disk.ts'
import type { RecordingRun } from './recording-run.ts'

/** A recording would rather be late than have a hole: a disk may stand still for some seconds before frames are dropped. */
const RECORDING_LIMITS: QueueLimits = { ...LIVE_LIMITS, dropAfterMs: 8000, maxQueuedMs: 10_000, maxQueuedBytes: 48 * 1024 * 1024 }
/** What is queued when it is stopped may take this long to be taken; then it is given up. */
const DRAIN_MS = 10_000

export interface TakeParts {
  content: ProgramContent
  /** Sound tracks (2 to 6) that it takes beside the first. */
  tracks: readonly number[]
  run: RecordingRun
  bus: Pick<ProgramBus, 'subscribe'>
  clock: Pick<Clock, 'sleep'>
  onFailure: (failure: StudioError) => void
}

/** One content (the mix, the camera, the screen) on its way from its bus to its files; can be interrupted and gone on with. */
export class RecordingTake {
  readonly run: RecordingRun
  readonly content: ProgramContent
  #following: { reader: SubscriberQueue; done: Promise<void>; stop: AbortController } | null = null
  #droppedBefore = 0

  constructor(private readonly parts: TakeParts) {
    this.run = parts.run
    this.content = parts.content
  }

  get tracks(): readonly number[] {
    return this.parts.tracks
  }

  get framesDropped(): number {
    return this.#droppedBefore + (this.#following?.reader.framesDropped ?? 0)
  }

  /** From the next key frame on. */
  follow(): void {
    const { bus, tracks, run, onFailure } = this.parts
    const reader = bus.subscribe({ start: 'next-key-frame', limits: RECORDING_LIMITS, everyTrack: tracks.length > 0 })
    const stop = new AbortController()
    const done = run.follow(reader, stop.signal).catch((error: unknown) => onFailure(recordingFailure(error, this.content)))
    this.#following = { reader, stop, done }
  }

  /** What is queued is still written; what comes then does not go on from it. */
  async interrupt(): Promise<void> {
    const following = this.#following
    if (following) {
      following.reader.seal()
      const giveUp = new AbortController()
      const tooLate = this.parts.clock.sleep(DRAIN_MS, giveUp.signal).then(() => following.stop.abort(), () => {})
      await Promise.race([following.done, tooLate])
      giveUp.abort()
      following.reader.close()
      this.#droppedBefore += following.reader.framesDropped
      this.#following = null
    }
    this.run.break()
  }

  /** Resolves when every file is finished. */
  async close(): Promise<void> {
    await this.interrupt()
    await this.run.close()
  }
}
