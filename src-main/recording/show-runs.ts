import type { Clock } from '../base/clock.ts'
import type { ShowRun } from './manifests.ts'
import { utcStamp } from './recording-name.ts'

/**
 * Which show run it is now: it begins when the studio starts with a show or another show is opened, and ends when the next begins or
 * the studio ends, whatever breaks and broadcasts there are in between.
 */
export class ShowRuns {
  #current: { showId: string; run: ShowRun } | null = null

  constructor(
    private readonly show: () => { id: string; name: string },
    private readonly clock: Pick<Clock, 'now'>,
    /** A few letters that keep two runs of one millisecond apart. */
    private readonly newTail: () => string,
  ) {}

  /** To be called when another show may have been opened. */
  get current(): ShowRun {
    const { id, name } = this.show()
    if (this.#current?.showId === id) return this.#current.run
    const startedAtMs = this.clock.now()
    const run = { showRunId: `${utcStamp(startedAtMs)}-${this.newTail()}`, name, startedAtMs }
    this.#current = { showId: id, run }
    return run
  }
}
