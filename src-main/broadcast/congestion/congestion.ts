import type { CongestionStatus } from '@shared/contracts/broadcast.ts'
import type { ReducedRate } from '@shared/contracts/engine.ts'
import type { CongestionPreferences } from '@shared/contracts/studio.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { type LineFigures } from './line-watch.ts'
import { RateController, type RateDecision } from './rate-controller.ts'

export interface CongestionParts {
  destinations(): readonly (Pick<Destination, 'id' | 'kind' | 'priority'> & Partial<Pick<Destination, 'content'>>)[]
  statuses(): readonly Pick<OutputStatus, 'destinationId' | 'state'>[]
  figures(): Readonly<Record<string, LineFigures>>
  settings(): CongestionPreferences
  /** As the user has set it. */
  encoding(): Encoding
  /** Called when something else is in force: `reduced` null = the encoding as it is; `status` null = switched off. */
  apply(reduced: ReducedRate | null, status: CongestionStatus | null): void
  clock: Clock
  logger: Logger
}

/** A line that becomes four times slower fills two seconds of queue in less than one; figures twice a second would be too late. */
const LOOK_EVERY_MS = 100
const OTHERWISE: ReadonlySet<Destination['kind']> = new Set(['whip', 'hls'])
/** Steps up smaller than this are not worth a change of the encoder. Steps down take effect at once. */
const LEAST_RISE = 1.04

/** Looks at the lines while the show is on and keeps the shared encoder within what they take. */
export class Congestion {
  #controller = new RateController()
  #stop: (() => void) | null = null
  /** What was last applied. */
  #now: { videoKbps: number; frameStep: number; key: string } | null = null
  #state: CongestionStatus['state'] = 'full'

  constructor(private readonly parts: CongestionParts) {}

  /** From *Go live* on. */
  start(): void {
    this.stop()
    this.#controller = new RateController()
    this.#stop = this.parts.clock.every(LOOK_EVERY_MS, () => this.look())
    this.look()
  }

  stop(): void {
    this.#stop?.()
    this.#stop = null
    this.#apply(null, null)
  }

  /** Also when the user has changed something: it counts at once. */
  look(): void {
    if (!this.#stop) return
    const { settings, encoding, clock } = this.parts
    const { enabled, floorKbps } = settings()
    if (!enabled) {
      this.#controller = new RateController()
      return this.#apply(null, null)
    }
    const { videoKbps: ceilingKbps, frameRate, audioKbps } = encoding()
    const decision = this.#controller.decide(this.#decidingLines(), { ceilingKbps, floorKbps, frameRate, audioKbps }, clock.monotonicMs())
    this.#apply(decision, encoding())
  }

  /**
   * Required, connected, and fed by the shared encoder. WebRTC codes for itself and knows its own line; what leaves in
   * whole segments (HLS) has a queue of seconds by its nature, in which a thin line cannot be seen in time. A single stream
   * has an encoder of its own.
   */
  #decidingLines() {
    const { destinations, statuses, figures } = this.parts
    const running = new Set(statuses().flatMap(({ destinationId, state }) => (state === 'running' ? [destinationId] : [])))
    const all = figures()
    return destinations().flatMap(({ id, kind, priority, content = 'mix' }) => {
      const mine = all[id]
      return mine && running.has(id) && priority === 'required' && content === 'mix' && !OTHERWISE.has(kind) ? [{ id, figures: mine }] : []
    })
  }

  #apply(decision: RateDecision | null, encoding: Encoding | null): void {
    if (!decision || !encoding) {
      if (this.#now) this.parts.apply(null, null)
      this.#now = null
      return
    }
    const { state, decidedBy, lineKbps, frameStep } = decision
    const before = this.#now
    const waits = before !== null && state === 'rising' && frameStep === before.frameStep && decision.videoKbps > before.videoKbps && decision.videoKbps < before.videoKbps * LEAST_RISE
    const videoKbps = waits ? before.videoKbps : decision.videoKbps
    const status: CongestionStatus = { state, videoKbps, frameRate: encoding.frameRate / frameStep, decidedBy, lineKbps }
    const key = JSON.stringify(status)
    if (key === before?.key) return
    this.#now = { videoKbps, frameStep, key }
    this.#log(status)
    this.parts.apply(state === 'full' ? null : { videoKbps, frameStep }, status)
  }

  #log(status: CongestionStatus): void {
    if (status.state === this.#state) return
    this.#state = status.state
    const { state, videoKbps, frameRate, decidedBy, lineKbps } = status
    this.parts.logger.info(`rate ${state}`, { videoKbps, frameRate, destinationId: decidedBy, lineKbps })
  }
}
