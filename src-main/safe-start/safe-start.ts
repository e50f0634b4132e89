import type { BroadcastStatus } from '@shared/contracts/broadcast.ts'
import type { safeStart, SafeStartState, UncleanEnd } from '@shared/contracts/safe-start.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { RecordingStatus } from '@shared/domain/recording.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import type { Sentinel, SentinelRecord } from './sentinel.ts'

/** So many studios in a row that were cut off soon after their start are no accident. */
const SUGGESTED_AFTER = 2

export interface SafeStartParts {
  /** null = this run neither asks nor leaves a sign, as one that only checks. */
  sentinel: Pick<Sentinel, 'before' | 'earlyEnds' | 'update'> | null
  /** Somebody is there to be asked. Otherwise an unclean end is only logged. */
  asks: boolean
  /** Asked for on the command line. */
  safe: boolean
  status: Watchable<BroadcastStatus>
  recording: Watchable<Pick<RecordingStatus, 'state'>>
  destinations: {
    readonly list: Watchable<readonly { id: string; name: string; enabled: boolean }[]>
    setEnabled(input: { destinationId: string; enabled: boolean }): Promise<void>
  }
  goLive: () => Promise<void>
  startRecording: () => Promise<void>
  clock: Pick<Clock, 'now'>
  log: Logger
}

/** What the studio does about an unclean end of the one before, and what it remembers for the next. */
export class SafeStart {
  readonly state: Topic<SafeStartState>
  readonly #stops: (() => void)[]

  constructor(private readonly parts: SafeStartParts) {
    const { sentinel, asks, safe, log } = parts
    const before = sentinel?.before ?? null
    const suggestSafe = asks && (sentinel?.earlyEnds ?? 0) >= SUGGESTED_AFTER
    if (before !== null) log.warn('the studio did not end cleanly the last time', factsOf(before))
    if (safe) log.info('safe start: nothing is captured until the user wants it')
    this.state = new Topic({ safe: safe || suggestSafe, suggestSafe, uncleanEnd: asks && before !== null ? this.#describe(before) : null })
    this.#stops = [
      parts.status.watch((status) => this.#followLive(status)),
      parts.recording.watch(({ state }) => this.#followRecording(state !== 'idle')),
    ]
  }

  readonly handlers: Handlers<typeof safeStart> = {
    answer: ({ how }) => this.#answer(how),
    startSources: () => this.#set({ safe: false }),
  }

  close(): void {
    for (const stop of this.#stops) stop()
  }

  async #answer(how: 'go-on' | 'safe' | 'open'): Promise<void> {
    const { uncleanEnd } = this.state.value
    this.#set({ safe: how === 'safe', uncleanEnd: null })
    this.parts.log.info('after the unclean end', { answer: how })
    if (how === 'go-on') await this.#goOn(uncleanEnd)
  }

  async #goOn(end: UncleanEnd | null): Promise<void> {
    const { destinations, goLive, startRecording } = this.parts
    const wasLive = (end?.destinations.length ?? 0) > 0
    if (!end || (!wasLive && end.recordingSinceMs === null)) throw new StudioError('not-found', 'nothing to go on with')
    const liveAgain = async (): Promise<void> => {
      const wanted = new Set(end.destinations.map(({ id }) => id))
      for (const { id, enabled } of destinations.list.value) if (enabled !== wanted.has(id)) await destinations.setEnabled({ destinationId: id, enabled: wanted.has(id) })
      await goLive()
    }
    // A recording is worth having even where nobody can be reached.
    const outcomes = await Promise.allSettled([wasLive ? liveAgain() : null, end.recordingSinceMs === null ? null : startRecording()])
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason
  }

  #followLive({ live, liveSinceMs, outputs }: BroadcastStatus): void {
    this.parts.sentinel?.update({ live: live ? { sinceMs: liveSinceMs ?? 0, destinationIds: outputs.map(({ destinationId }) => destinationId) } : null })
    // Somebody, or a start by itself, has answered already.
    if (live && this.state.value.uncleanEnd) this.#set({ uncleanEnd: null })
  }

  #since: number | null = null
  #followRecording(on: boolean): void {
    this.#since = on ? (this.#since ?? this.parts.clock.now()) : null
    this.parts.sentinel?.update({ recordingSinceMs: this.#since })
  }

  #set(change: Partial<SafeStartState>): void {
    this.state.set({ ...this.state.value, ...change })
  }

  #describe(before: SentinelRecord | 'unknown'): UncleanEnd {
    if (before === 'unknown') return { version: '', startedAtMs: null, liveSinceMs: null, recordingSinceMs: null, destinations: [] }
    const { version, startedAtMs, live, recordingSinceMs } = before
    const ids = new Set(live?.destinationIds)
    const destinations = this.parts.destinations.list.value.filter(({ id }) => ids.has(id)).map(({ id, name }) => ({ id, name }))
    return { version, startedAtMs, liveSinceMs: live?.sinceMs ?? null, recordingSinceMs, destinations }
  }
}

const factsOf = (before: SentinelRecord | 'unknown') =>
  before === 'unknown' ? {} : { version: before.version, startedAt: new Date(before.startedAtMs).toISOString(), wasLive: before.live !== null, wasRecording: before.recordingSinceMs !== null, soon: !before.settled }
