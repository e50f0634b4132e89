import type { Notice } from '@shared/contracts/studio.ts'
import type { Reason, StudioError } from '@shared/domain/errors.ts'
import { REASONS_EN } from '@shared/texts/reasons.en.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'

const MAX_NOTICES = 50

/** What the user should know and that belongs to no destination; each stays until it is dismissed or withdrawn. */
export class Notices {
  readonly list = new Topic<Notice[]>([])
  readonly #clock: Pick<Clock, 'now'>
  readonly #log: Logger
  /** Evidence passes through it: it may quote a file or a server. */
  readonly #redact: (text: string) => string
  #count = 0

  constructor(clock: Pick<Clock, 'now'>, log: Logger, redact: (text: string) => string) {
    this.#clock = clock
    this.#log = log
    this.#redact = redact
  }

  /** The same thing said again only moves the notice's time. */
  raise(failure: StudioError, level: Notice['level'] = 'error'): void {
    const { reason } = failure
    const evidence = this.#redact(failure.evidence)
    const known = this.list.value.find((each) => each.reason === reason && each.evidence === evidence)
    const id = known?.id ?? `notice-${++this.#count}`
    const others = this.list.value.filter((each) => each !== known)
    this.list.set([...others, { id, level, reason, evidence, atMs: this.#clock.now() }].slice(-MAX_NOTICES))
    if (!known) this.#log[level === 'error' ? 'error' : level === 'warning' ? 'warn' : 'info'](REASONS_EN[reason].says, { reason, evidence })
  }

  dismiss(noticeId: string): void {
    this.#keep((each) => each.id !== noticeId)
  }

  /** For what has mended itself, e.g. a folder that can be written again. */
  withdraw(reason: Reason): void {
    this.#keep((each) => each.reason !== reason)
  }

  #keep(wanted: (each: Notice) => boolean): void {
    const kept = this.list.value.filter(wanted)
    if (kept.length !== this.list.value.length) this.list.set(kept)
  }
}
