import type { BroadcastFigures } from '@shared/contracts/broadcast.ts'
import type { Reason, StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures, OutputGap } from '@shared/domain/output.ts'
import type { Clock } from '../base/clock.ts'

/** What is shown about one output: its run now, and totals over all runs of the show. */
export type OutputTotals = BroadcastFigures['outputs'][string]

/** A line that breaks every few seconds all night must not grow the state that is sent with each change. */
const MAX_GAPS = 500

const NOT_RUNNING: OutputFigures = {
  stage: 'waiting', bitrateKbps: 0, bytesSent: 0, bytesAcknowledged: null, queueMs: 0, framesSent: 0, framesDropped: 0, rttMs: null,
}

/** What one destination has seen over a show: connects, gaps, and figures added up over its runs. */
export class OutputHistory {
  connects = 0
  firstMediaMs: number | null = null
  readonly #gaps: OutputGap[] = []
  #openGap: { reason: Reason; atMs: number; sinceMs: number; noticedAtMs: number } | null = null
  #figures: OutputFigures = NOT_RUNNING
  #before = { bytesSent: 0, framesSent: 0, framesDropped: 0 }
  #runSinceMs = 0
  #progressAtMs: { wall: number; monotonic: number } | null = null

  constructor(private readonly clock: Clock) {}

  get gaps(): OutputGap[] {
    return [...this.#gaps]
  }

  get figures(): OutputTotals {
    return {
      ...this.#figures,
      totalBytesSent: this.#before.bytesSent + this.#figures.bytesSent,
      totalFramesSent: this.#before.framesSent + this.#figures.framesSent,
      totalFramesDropped: this.#before.framesDropped + this.#figures.framesDropped,
    }
  }

  runBegins(): void {
    this.runEnds()
    this.#runSinceMs = this.clock.monotonicMs()
    this.#progressAtMs = null
  }

  report(figures: OutputFigures): void {
    if (figures.bytesSent > this.#figures.bytesSent) this.#progressAtMs = { wall: this.clock.now(), monotonic: this.clock.monotonicMs() }
    this.#figures = figures
  }

  /** Its counters become part of the totals. */
  runEnds(): void {
    const { totalBytesSent, totalFramesSent, totalFramesDropped } = this.figures
    this.#before = { bytesSent: totalBytesSent, framesSent: totalFramesSent, framesDropped: totalFramesDropped }
    this.#figures = NOT_RUNNING
  }

  /** Media flows at the server. `sinceMs`: when it was first asked for, monotonic. */
  mediaFlows(sinceMs: number): void {
    this.connects++
    this.firstMediaMs ??= Math.round(this.clock.monotonicMs() - sinceMs)
    this.#closeGap(this.#runSinceMs)
  }

  /** Media flows again in the run that it stopped in: the connection is the same. */
  mediaIsBack(): void {
    if (this.#openGap) this.#closeGap(this.#openGap.noticedAtMs)
  }

  /** Media stopped. Some breaks are only noticed seconds later: the output says when, or a stall began when the last bytes went out. */
  mediaStopped({ reason, brokenForMs }: Pick<StudioError, 'reason' | 'brokenForMs'>): void {
    const agoMs = brokenForMs ?? 0
    const noticed = { wall: this.clock.now() - agoMs, monotonic: this.clock.monotonicMs() - agoMs }
    const began = reason === 'stalled' && agoMs === 0 && this.#progressAtMs ? this.#progressAtMs : noticed
    this.#openGap = { reason, atMs: began.wall, sinceMs: began.monotonic, noticedAtMs: this.clock.monotonicMs() }
  }

  #closeGap(mendingSinceMs: number): void {
    if (!this.#openGap) return
    const { reason, atMs, sinceMs } = this.#openGap
    const nowMs = this.clock.monotonicMs()
    this.#openGap = null
    this.#gaps.push({ reason, atMs, downMs: Math.round(nowMs - sinceMs), recoverMs: Math.round(nowMs - mendingSinceMs) })
    if (this.#gaps.length > MAX_GAPS) this.#gaps.shift()
  }
}
