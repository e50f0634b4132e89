import type { DestinationFacts } from '@shared/contracts/addresses.ts'
import { EXPIRY_WARNING_MS } from '@shared/domain/addresses/push-signature.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Watchable } from '../rpc/topic.ts'
import { clockTime } from './target-facts.ts'

const LOOK_EVERY_MS = 5000

export interface ExpiryWatchParts {
  facts: Watchable<readonly DestinationFacts[]>
  /** Name and whether it takes part, by id; null for one that is gone. */
  destinationOf(id: string): { name: string; enabled: boolean } | null
  live: Watchable<{ live: boolean }>
  notices: { raise(failure: StudioError, level?: 'warning' | 'error'): void; withdraw(reason: 'token-expiring' | 'token-expired'): void }
  clock: Pick<Clock, 'now' | 'every'>
}

/**
 * While live: a warning for every destination whose address or token runs out within ten minutes, and an error when it has.
 * A connection that is up stays up; only the next one would be refused.
 */
export class ExpiryWatch {
  readonly #stop: (() => void)[]
  readonly #told = new Set<string>()

  constructor(private readonly parts: ExpiryWatchParts) {
    this.#stop = [parts.facts.watch(() => this.look()), parts.live.watch(() => this.look()), parts.clock.every(LOOK_EVERY_MS, () => this.look())]
  }

  close(): void {
    for (const stop of this.#stop) stop()
  }

  look(): void {
    const { facts, live, clock, notices, destinationOf } = this.parts
    const nowMs = clock.now()
    const ending = live.value.live ? facts.value.filter(({ expiresAtMs }) => expiresAtMs !== null && expiresAtMs - nowMs < EXPIRY_WARNING_MS) : []
    const now = new Set<string>()
    for (const { destinationId, expiresAtMs } of ending) {
      const destination = destinationOf(destinationId)
      if (!destination?.enabled || expiresAtMs === null) continue
      const reason = expiresAtMs <= nowMs ? 'token-expired' : 'token-expiring'
      const key = `${reason} ${destinationId} ${expiresAtMs}`
      now.add(key)
      // Said once: a notice that was dismissed does not come back.
      if (this.#told.has(key)) continue
      this.#told.add(key)
      notices.raise(new StudioError(reason, `${destination.name}: ${clockTime(expiresAtMs)}`), reason === 'token-expired' ? 'error' : 'warning')
    }
    for (const reason of ['token-expiring', 'token-expired'] as const) {
      if ([...this.#told].some((key) => key.startsWith(reason)) && ![...now].some((key) => key.startsWith(reason))) notices.withdraw(reason)
    }
    for (const key of this.#told) if (!now.has(key)) this.#told.delete(key)
  }
}
