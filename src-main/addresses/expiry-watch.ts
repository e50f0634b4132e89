import type { DestinationFacts } from '@shared/contracts/addresses.ts'
import { EXPIRY_WARNING_MS } from '@shared/domain/addresses/push-signature.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import type { Clock } from '../base/clock.ts'
import type { Watchable } from '../rpc/topic.ts'
import { clockTime, rightsText } from './target-facts.ts'

const LOOK_EVERY_MS = 5000
const REASONS = ['token-expiring', 'token-expired', 'right-missing'] as const
type WatchedReason = (typeof REASONS)[number]

export interface ExpiryWatchParts {
  facts: Watchable<readonly DestinationFacts[]>
  /** Name and whether it takes part, by id; null for one that is gone. */
  destinationOf(id: string): { name: string; enabled: boolean } | null
  live: Watchable<{ live: boolean; outputs?: readonly Pick<OutputStatus, 'destinationId' | 'state'>[] }>
  notices: { raise(failure: StudioError, level?: 'warning' | 'error'): void; withdraw(reason: WatchedReason): void }
  clock: Pick<Clock, 'now' | 'every'>
}

interface Finding {
  reason: WatchedReason
  evidence: string
}

/**
 * While live: a warning for every destination whose address or token runs out within ten minutes, and an error when it has; and a
 * warning when a connection that is up carries what its token no longer allows, since the show was changed. A connection
 * that is up stays up; only the next one would be refused, and then says so itself.
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
    const { facts, live, notices, destinationOf } = this.parts
    const now = new Set<string>()
    for (const each of live.value.live ? facts.value : []) {
      const destination = destinationOf(each.destinationId)
      if (!destination?.enabled) continue
      for (const { reason, evidence } of this.#findings(each)) {
        const key = `${reason} ${each.destinationId} ${evidence}`
        now.add(key)
        // Said once: a notice that was dismissed does not come back.
        if (this.#told.has(key)) continue
        this.#told.add(key)
        notices.raise(new StudioError(reason, `${destination.name}: ${evidence}`), reason === 'token-expired' ? 'error' : 'warning')
      }
    }
    for (const reason of REASONS) {
      if ([...this.#told].some((key) => key.startsWith(reason)) && ![...now].some((key) => key.startsWith(reason))) notices.withdraw(reason)
    }
    for (const key of this.#told) if (!now.has(key)) this.#told.delete(key)
  }

  #findings({ destinationId, expiresAtMs, missing }: DestinationFacts): Finding[] {
    const { clock, live } = this.parts
    const leftMs = expiresAtMs === null ? Infinity : expiresAtMs - clock.now()
    const expiry: Finding[] = expiresAtMs !== null && leftMs < EXPIRY_WARNING_MS ? [{ reason: leftMs <= 0 ? 'token-expired' : 'token-expiring', evidence: clockTime(expiresAtMs) }] : []
    const runs = live.value.outputs?.some((each) => each.destinationId === destinationId && each.state === 'running') ?? false
    return runs && missing.length > 0 ? [...expiry, { reason: 'right-missing', evidence: rightsText(missing) }] : expiry
  }
}
