import { type Reason, StudioError } from '@shared/domain/errors.ts'
import { OUTPUT_MOVES, OUTPUT_STATES, type OutputFailure, type OutputState, type OutputStatus } from '@shared/domain/output.ts'
import { StateMachine } from '@shared/kit/state-machine.ts'
import type { Clock } from '../base/clock.ts'
import { type Attempt, KeepAlive } from '../base/keep-alive.ts'
import type { Logger } from '../base/logger.ts'
import type { BusSubscriber } from '../bus/bus-subscriber.ts'
import { Topic, type Watchable } from '../rpc/topic.ts'
import type { OutputRun } from './output.ts'
import { OutputHistory, type OutputTotals } from './output-history.ts'
import { PhaseTimer } from './phase-timer.ts'
import { nextDelayMs } from './reconnect-policy.ts'

/** One run of one output, everything but the run itself known. */
export type OpenOutput = (run: OutputRun) => Promise<never>

/** A reader of the bus that can be told to finish what waits and take no more. */
export interface OutputFeed extends BusSubscriber {
  seal(): void
}

export interface RunnerSettings {
  /** Without media for this long, connecting and recovering become failed. */
  failAfterMs: number
  /** True: failed is the end; false: it goes on trying while the reason is worth it. */
  failedIsFinal: boolean
}

/** What listeners get: each change of state once, and connecting and recovering again every 5 s while they last, at most 60 s. */
export interface OutputTold {
  destinationId: string
  state: OutputState
  /** The state's number, as listeners know it. */
  number: number
  /** Wall time of the change, ms since 1970: a listener may drop older ones. */
  changedAtMs: number
  failure: OutputFailure | null
}

export interface RunnerParts {
  destinationId: string
  subscribe(): OutputFeed
  settings(): RunnerSettings
  /** Of outputs that hold media back on purpose, how long their end may take, ms; STOP_LIMIT_MS where absent or shorter. */
  stopLimitMs?(): number
  clock: Clock
  logger: Logger
  onTold?(told: OutputTold): void
}

/** An output that is told to stop drains its queue and says goodbye; one that takes longer is left behind. */
const STOP_LIMIT_MS = 5000

/** Keeps one destination supplied: connects, recovers, gives up or goes on trying, and says what is going on. */
export class OutputRunner {
  readonly #status: Topic<OutputStatus>
  readonly #machine: StateMachine<OutputState>
  readonly #history: OutputHistory
  readonly #phase: PhaseTimer
  #open: OpenOutput | null = null
  #sinceMs = 0
  #loop: { keepAlive: KeepAlive; stop: AbortController; ended: Promise<void> } | null = null
  #feed: OutputFeed | null = null
  #stopping: Promise<void> | null = null
  /** The run that goes on is mending its line. */
  #interrupted = false

  constructor(private readonly parts: RunnerParts) {
    const { clock, destinationId } = parts
    this.#status = new Topic<OutputStatus>({
      destinationId, state: 'idle', changedAtMs: clock.now(), attempt: 0, nextAttemptAtMs: null,
      failure: null, final: false, connects: 0, firstMediaMs: null, gaps: [],
    })
    this.#machine = new StateMachine(`output ${destinationId}`, OUTPUT_MOVES, 'idle')
    this.#history = new OutputHistory(clock)
    this.#phase = new PhaseTimer(clock, () => this.#tell(), () => this.#timeUp())
  }

  get status(): Watchable<OutputStatus> {
    return this.#status
  }

  get figures(): OutputTotals {
    return this.#history.figures
  }

  /** `sinceMs`: when media was asked for (monotonic), e.g. *Go live*. Only while idle. */
  start(open: OpenOutput, sinceMs: number): void {
    this.#open = open
    this.#sinceMs = sinceMs
    this.#begin()
  }

  /** Lets the output drain and say goodbye, for 5 s at most; idle afterwards, whatever state it was in. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => (this.#stopping = null))
    return this.#stopping
  }

  /** Cuts a wait short: the network is back, or the computer woke up. */
  wake(): void {
    this.#loop?.keepAlive.wake()
  }

  /** The user wants an attempt now, even after a final failure. */
  retryNow(): void {
    // What is being stopped is not begun again: the attempt would outlive the show.
    if (this.#stopping) return
    if (this.#status.value.final) this.#begin()
    else this.wake()
  }

  #begin(): void {
    const stop = new AbortController()
    const keepAlive = new KeepAlive({
      clock: this.parts.clock,
      nextDelayMs,
      runOnce: (attempt) => this.#runOnce(attempt),
      onAttempt: (attempt) => this.#attempting(attempt),
      onHealthy: () => this.#mediaFlows(),
      onFailure: (failure, delayMs, atLeastMs) => this.#runFailed(failure, delayMs, atLeastMs),
    })
    this.#enter('connecting', { final: false })
    const ended = keepAlive.run(stop.signal).catch((reason: unknown) => {
      if (!stop.signal.aborted) this.#giveUp(StudioError.from(reason))
    })
    this.#loop = { keepAlive, stop, ended }
  }

  async #runOnce(attempt: Attempt): Promise<void> {
    const feed = this.parts.subscribe()
    this.#feed = feed
    this.#interrupted = false
    this.#history.runBegins()
    try {
      await this.#open?.({
        feed,
        signal: attempt.signal,
        clock: this.parts.clock,
        connected: () => (this.#interrupted ? this.#mediaIsBack(feed) : attempt.healthy()),
        interrupted: (why) => this.#mediaInterrupted(feed, why),
        report: (figures) => this.#feed === feed && this.#history.report(figures),
      })
    } finally {
      feed.close()
      if (this.#feed === feed) {
        this.#feed = null
        this.#history.runEnds()
      }
    }
  }

  #attempting(attempt: number): void {
    if (this.#machine.state === 'failed') this.#enter('connecting', { attempt, nextAttemptAtMs: null })
    else this.#update({ attempt, nextAttemptAtMs: null })
  }

  #mediaFlows(): void {
    this.#history.mediaFlows(this.#sinceMs)
    this.#enter('running', {})
  }

  /** The run lives on; everybody else sees a break like any other. */
  #mediaInterrupted(feed: OutputFeed, why: StudioError): void {
    if (this.#feed !== feed || this.#machine.state !== 'running') return
    this.#interrupted = true
    this.#history.mediaStopped(why)
    this.#enter('recovering', { failure: this.#failureOf(why), nextAttemptAtMs: null })
  }

  #mediaIsBack(feed: OutputFeed): void {
    if (this.#feed !== feed || !this.#machine.can('running')) return
    this.#interrupted = false
    this.#history.mediaIsBack()
    this.#enter('running', {})
  }

  #runFailed(error: StudioError, delayMs: number | null, atLeastMs: number): void {
    const { clock, logger, destinationId } = this.parts
    const failure = { ...this.#failureOf(error), ...(delayMs !== null && atLeastMs > 0 ? { notBeforeMs: clock.now() + atLeastMs } : {}) }
    const nextAttemptAtMs = delayMs === null ? null : clock.now() + delayMs
    if (this.#machine.state === 'running') {
      this.#history.mediaStopped(error)
      this.#enter('recovering', { failure, nextAttemptAtMs })
    } else this.#update({ failure, nextAttemptAtMs })
    if (delayMs === null) return
    const { attempt } = this.#status.value
    logger.warn('output will be tried again', { destinationId, attempt, inMs: Math.round(delayMs), reason: error.reason, evidence: error.evidence })
  }

  #giveUp(error: StudioError): void {
    const failure = this.#failureOf(error)
    // Its time may have been up a moment before.
    if (this.#machine.state !== 'failed') this.#enter('failed', { failure, final: true, nextAttemptAtMs: null })
    else this.#update({ failure, final: true, nextAttemptAtMs: null })
    this.parts.logger.error('output needs the user', { destinationId: this.parts.destinationId, reason: error.reason, evidence: error.evidence })
  }

  #timeUp(): void {
    const { failAfterMs, failedIsFinal } = this.parts.settings()
    const missing = this.figures.stage === 'sending' ? 'no-program' : 'connect-timeout'
    const failure = this.#status.value.failure ?? this.#failureOf(new StudioError(missing, `no media within ${failAfterMs / 1000} s`))
    if (failedIsFinal) {
      this.#loop?.stop.abort(new StudioError('ended', 'given up'))
      this.#giveUp(new StudioError(failure.reason, failure.evidence, { serviceCode: failure.serviceCode }))
      return
    }
    this.#enter('failed', { failure })
    // Listeners hear that it failed; the attempt that is under way goes on.
    if (this.#feed) this.#enter('connecting', {})
  }

  async #stop(): Promise<void> {
    const loop = this.#loop
    if (!loop) return
    const givenUp = this.#status.value.final
    if (!givenUp) this.#enter('disconnecting', { nextAttemptAtMs: null })
    this.#feed?.seal()
    loop.stop.abort(new StudioError('stopped'))
    if (!(await this.#endsInTime(loop.ended))) {
      this.parts.logger.warn('output did not stop in time', { destinationId: this.parts.destinationId })
      this.#feed?.close()
      this.#feed = null
      this.#history.runEnds()
    }
    this.#loop = null
    this.#enter('idle', { final: false })
  }

  async #endsInTime(ended: Promise<void>): Promise<boolean> {
    const limit = new AbortController()
    const inTime = await Promise.race([ended.then(() => true), this.parts.clock.sleep(Math.max(STOP_LIMIT_MS, this.parts.stopLimitMs?.() ?? 0), limit.signal).then(() => false, () => false)])
    limit.abort()
    return inTime
  }

  #enter(state: OutputState, changes: Partial<OutputStatus>): void {
    const { clock, logger, destinationId, settings } = this.parts
    const from = this.#machine.state
    this.#machine.to(state)
    if (state === 'connecting' || state === 'recovering') this.#phase.start(settings().failAfterMs)
    else this.#phase.stop()
    this.#update({ ...changes, state, changedAtMs: clock.now() })
    const reason: Reason | undefined = this.#status.value.failure?.reason
    logger.info(`output ${state}`, { destinationId, from, ...(state === 'recovering' || state === 'failed' ? { reason } : {}) })
    this.#tell()
  }

  #update(changes: Partial<OutputStatus>): void {
    const { connects, firstMediaMs, gaps } = this.#history
    this.#status.set({ ...this.#status.value, ...changes, connects, firstMediaMs, gaps })
  }

  #tell(): void {
    const { destinationId, state, changedAtMs, failure } = this.#status.value
    this.parts.onTold?.({ destinationId, state, number: OUTPUT_STATES[state], changedAtMs, failure })
  }

  #failureOf(error: StudioError): OutputFailure {
    const { reason, evidence, serviceCode } = error
    return { reason, evidence, ...(serviceCode === undefined ? {} : { serviceCode }), atMs: this.parts.clock.now() }
  }
}
