import type { engine } from '@shared/contracts/engine.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { Topic } from '../rpc/topic.ts'

/** A page that composes answers within two frames; one that is just being loaded anew within seconds. */
const ANSWER_WITHIN_MS = 5000
const PNG_HEAD = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)

/** Asks the page's engine for pictures of the program, one at a time. */
export class Snapshots {
  /** Part of the `engine` contract. */
  readonly wanted = new Topic<{ snapshotId: string | null }>({ snapshotId: null })
  #count = 0
  #answer: ((png: Buffer | null) => void) | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(private readonly clock: Pick<Clock, 'sleep'>) {}

  /** The picture of the program now, as PNG. Rejects with StudioError `no-picture` or `page-gone`. */
  take(): Promise<Buffer> {
    const taken = this.#turn.then(() => this.#ask())
    this.#turn = taken.catch(() => {})
    return taken
  }

  readonly handlers: Pick<Handlers<typeof engine>, 'snapshot'> = {
    snapshot: ({ snapshotId, png }) => {
      if (snapshotId === this.wanted.value.snapshotId) this.#answer?.(png === null ? null : Buffer.from(png, 'base64'))
    },
  }

  async #ask(): Promise<Buffer> {
    const waiting = new AbortController()
    const answered = new Promise<Buffer | null>((resolve) => (this.#answer = resolve))
    const tooLate = this.clock.sleep(ANSWER_WITHIN_MS, waiting.signal).then(() => { throw new StudioError('page-gone', 'no snapshot within 5 s') })
    this.wanted.set({ snapshotId: `snapshot-${++this.#count}` })
    try {
      const png = await Promise.race([answered, tooLate])
      if (!png?.subarray(0, PNG_HEAD.length).equals(PNG_HEAD)) throw new StudioError('no-picture')
      return png
    } finally {
      tooLate.catch(() => {})
      waiting.abort()
      this.#answer = null
      this.wanted.set({ snapshotId: null })
    }
  }
}
