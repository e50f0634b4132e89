import type { CongestionStatus } from '@shared/contracts/broadcast.ts'
import type { ReducedRate } from '@shared/contracts/engine.ts'
import type { CongestionPreferences } from '@shared/contracts/studio.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import { type LineFigures } from './line-watch.ts'
import { OfferedRate } from './offered-rate.ts'
import { RateController, type RateDecision } from './rate-controller.ts'

export interface CongestionParts {
  /** Whose encoder this is about: the lines of the destinations that get this decide. */
  content: ProgramContent
  destinations(): readonly (Pick<Destination, 'id' | 'kind' | 'priority'> & Partial<Pick<Destination, 'content' | 'address'>>)[]
  statuses(): readonly Pick<OutputStatus, 'destinationId' | 'state'>[]
  figures(): Readonly<Record<string, LineFigures>>
  settings(): CongestionPreferences
  /** What this encoder has sent since it began, sound included. */
  offeredBytes(): number
  /** As the user has set it. */
  encoding(): Encoding
  /** Called when something else is in force: `reduced` null = the encoding as it is; `status` null = switched off. */
  apply(reduced: ReducedRate | null, status: CongestionStatus | null): void
  clock: Clock
  logger: Logger
}

/** A line that becomes four times slower fills two seconds of queue in less than one; figures twice a second would be too late. */
const LOOK_EVERY_MS = 100
/** WebRTC codes for itself and knows its own line; a folder has none. */
const hasOwnWay = ({ kind, address = '' }: Pick<Destination, 'kind'> & { address?: string }): boolean => kind === 'whip' || (kind === 'hls' && !/^https?:/i.test(address))
/** Steps up smaller than this are not worth a change of the encoder. Steps down take effect at once. */
const LEAST_RISE = 1.04

/** Looks at the lines while the show is on and keeps their encoder within what they take. One per content. */
export class Congestion {
  #controller = new RateController()
  #offered = new OfferedRate()
  #stop: (() => void) | null = null
  /** What was last applied. */
  #now: { videoKbps: number; frameStep: number; key: string } | null = null
  #state: CongestionStatus['state'] = 'full'

  constructor(private readonly parts: CongestionParts) {}

  /** From *Go live* on. */
  start(): void {
    this.stop()
    this.#controller = new RateController()
    this.#offered = new OfferedRate()
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
    const { settings, encoding, offeredBytes, clock } = this.parts
    const { enabled, floorKbps } = settings()
    if (!enabled) {
      this.#controller = new RateController()
      return this.#apply(null, null)
    }
    const { videoKbps: ceilingKbps, frameRate, audioKbps, keyFrameSeconds } = encoding()
    const nowMs = clock.monotonicMs()
    const offeredKbps = this.#offered.look(offeredBytes(), nowMs, keyFrameSeconds)
    const decision = this.#controller.decide(this.#decidingLines(), { ceilingKbps, floorKbps, frameRate, audioKbps, offeredKbps }, nowMs)
    this.#apply(decision, encoding())
  }

  /** Required, connected, and fed by this encoder. */
  #decidingLines() {
    const { destinations, statuses, figures, content } = this.parts
    const running = new Set(statuses().flatMap(({ destinationId, state }) => (state === 'running' ? [destinationId] : [])))
    const all = figures()
    return destinations().flatMap(({ id, kind, address, priority, content: gets = 'mix' }) => {
      const mine = all[id]
      return mine && running.has(id) && priority === 'required' && gets === content && !hasOwnWay({ kind, address }) ? [{ id, figures: mine }] : []
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
    this.parts.logger.info(`rate ${state}`, { content: this.parts.content, videoKbps, frameRate, destinationId: decidedBy, lineKbps })
  }
}
