import type { StudioError } from '@shared/domain/errors.ts'
import type { OutputFailure } from '@shared/domain/output.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'

/** An encoder may take this long to deliver its first packet (a page that loads, hardware that warms up). */
const START_GRACE_MS = 5000
/** A flowing program brings sound every 21 ms; silence for this long is a failure. */
const SILENCE_MS = 2000
const CHECK_EVERY_MS = 500

/** Says whether the program flows while it is wanted: the age of the last packet decides. */
export class FlowWatch {
  readonly failure = new Topic<OutputFailure | null>(null)
  #wantedSinceMs: number | null = null
  #lastPacketAtMs: number | null = null
  #cause: OutputFailure | null = null
  #stopChecking = () => {}

  constructor(
    private readonly clock: Clock,
    private readonly logger: Logger,
    private readonly pageConnected: () => boolean,
  ) {}

  expect(wanted: boolean): void {
    if (wanted === (this.#wantedSinceMs !== null)) return
    this.#stopChecking()
    this.#lastPacketAtMs = null
    this.#wantedSinceMs = wanted ? this.clock.monotonicMs() : null
    this.#stopChecking = wanted ? this.clock.every(CHECK_EVERY_MS, () => this.#check()) : () => {}
    this.#cause = null
    if (!wanted && this.failure.value) this.failure.set(null)
  }

  packetArrived(): void {
    this.#lastPacketAtMs = this.clock.monotonicMs()
    this.#cause = null
    if (!this.failure.value) return
    this.logger.info('program flows again', { after: this.failure.value.reason })
    this.failure.set(null)
  }

  /** Something on the way knows better why nothing will come; holds until a packet does. */
  failed({ reason, evidence }: StudioError): void {
    this.logger.warn('program does not flow', { reason, evidence })
    this.#cause = { reason, evidence, atMs: this.clock.now() }
    this.failure.set(this.#cause)
  }

  close(): void {
    this.expect(false)
  }

  #check(): void {
    if (this.#wantedSinceMs === null || this.#cause) return
    const nowMs = this.clock.monotonicMs()
    const silentMs = nowMs - (this.#lastPacketAtMs ?? this.#wantedSinceMs)
    if (silentMs <= (this.#lastPacketAtMs === null ? START_GRACE_MS : SILENCE_MS)) return
    const reason = this.pageConnected() ? 'no-program' : 'page-gone'
    if (this.failure.value?.reason === reason) return
    this.logger.warn('program does not flow', { reason, silentMs: Math.round(silentMs) })
    this.failure.set({ reason, evidence: `no packet for ${(silentMs / 1000).toFixed(1)} s`, atMs: this.clock.now() })
  }
}
