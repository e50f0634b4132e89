import type { BroadcastStatus } from '@shared/contracts/broadcast.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { Scope } from '../base/scope.ts'
import type { Watchable } from '../rpc/topic.ts'

export interface AutomaticStartParts {
  session: { readonly status: Watchable<BroadcastStatus>; goLive(): Promise<void> }
  /** True while the user wants shows to begin by themselves. */
  enabled: () => boolean
  /** True while a camera or a screen is on. */
  pictureIsOn: () => boolean
  clock: Clock
  logger: Logger
}

/** A picture leads to a start within 3 s; two looks a second leave time for the start itself. */
const LOOK_EVERY_MS = 500
const RETRY_EVERY_MS = 5000
/** A window that reloads, or a camera that starts anew, has no picture for a while; nobody has left the show by that. */
const OFF_AFTER_MS = 10_000

/**
 * Goes live by itself when a camera or a screen comes on, and tries again every 5 s when that fails. A show that the
 * user has ended stays ended until the picture has been off for ten seconds, or the user starts it.
 */
export class AutomaticStart {
  readonly #scope = new Scope()
  #endedByUser = false
  #wasLive = false
  #nextAtMs = Number.NEGATIVE_INFINITY
  #starting = false
  #pictureAtMs = Number.NEGATIVE_INFINITY
  #told: string | null = null

  constructor(private readonly parts: AutomaticStartParts) {
    this.#scope.add(parts.clock.every(LOOK_EVERY_MS, () => this.#look()))
    this.#scope.add(
      parts.session.status.watch(({ live }) => {
        if (this.#wasLive && !live) this.#endedByUser = true
        this.#wasLive = live
      }),
    )
  }

  close(): Promise<void> {
    return this.#scope.close()
  }

  #look(): void {
    const { session, enabled, pictureIsOn, clock } = this.parts
    const nowMs = clock.monotonicMs()
    if (!enabled() || !pictureIsOn()) {
      if (!enabled() || nowMs - this.#pictureAtMs >= OFF_AFTER_MS) this.#endedByUser = false
      this.#nextAtMs = Number.NEGATIVE_INFINITY
      return
    }
    this.#pictureAtMs = nowMs
    if (this.#endedByUser || this.#starting || session.status.value.live || nowMs < this.#nextAtMs) return
    this.#nextAtMs = nowMs + RETRY_EVERY_MS
    this.#starting = true
    void this.#start().finally(() => (this.#starting = false))
  }

  async #start(): Promise<void> {
    const { session, logger } = this.parts
    try {
      await session.goLive()
      this.#told = null
      logger.info('went live by itself')
    } catch (thrown) {
      const { reason, evidence } = StudioError.from(thrown)
      // Every 5 s the same is no news.
      if (reason !== this.#told) logger.warn('could not go live by itself; trying again every 5 s', { reason, evidence })
      this.#told = reason
    }
  }
}
