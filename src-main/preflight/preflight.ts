import type { preflight, PreflightReport } from '@shared/contracts/preflight.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { performChecks, type RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import type { CheckState } from '@shared/domain/diagnostics.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'

/** Somebody wants to go live and waits for this, ms. */
const AT_MOST_MS = 2000

export interface PreflightParts {
  /** What is there to be looked at now; asked before each look. */
  checks: () => readonly RunnableCheck[]
  clock: Clock
  log: Logger
}

/** The look before a show: all its checks at once, for 2 s at most, beside whatever run of diagnostics there is. */
export class Preflight {
  #looking: { cancel: AbortController; report: Promise<PreflightReport> } | null = null

  constructor(private readonly parts: PreflightParts) {}

  readonly handlers: Handlers<typeof preflight> = { check: () => this.check() }

  /** Who asks while it looks gets the same answer. Never rejects: a check that did not come back in time is an `error`. */
  check(): Promise<PreflightReport> {
    if (this.#looking) return this.#looking.report
    const cancel = new AbortController()
    const report = this.#look(cancel).finally(() => (this.#looking = null))
    this.#looking = { cancel, report }
    return report
  }

  async close(): Promise<void> {
    this.#looking?.cancel.abort(new StudioError('stopped'))
    await this.#looking?.report
  }

  async #look(cancel: AbortController): Promise<PreflightReport> {
    const { clock, log } = this.parts
    const beginMs = clock.monotonicMs()
    const states = new Map<string, CheckState>()
    const over = new AbortController()
    const done = performChecks({ checks: this.parts.checks(), options: {}, signal: cancel.signal, clock, log, onState: (state) => void (over.signal.aborted || states.set(state.name, state)) })
    // The runner gives a check that was called off another while to come back; nobody waits for that here.
    const stopped = new Promise<void>((resolve) => cancel.signal.addEventListener('abort', () => resolve(), { once: true }))
    await Promise.race([done, stopped, clock.sleep(AT_MOST_MS, over.signal).catch(() => {})])
    const checks = [...states.values()].map((state) => (state.finding ? state : late(state, clock.monotonicMs() - beginMs)))
    over.abort()
    cancel.abort(new StudioError('stopped'))
    const durationMs = Math.round(clock.monotonicMs() - beginMs)
    log.info('looked before the show', { durationMs, found: checks.filter(({ status }) => status === 'warn' || status === 'fail').map(({ name, finding }) => `${name}: ${finding?.code}`) })
    return { checks, durationMs }
  }
}

const late = ({ live: _seen, ...state }: CheckState, durationMs: number): CheckState => ({
  ...state, status: 'error', progress: 1, finding: { status: 'error', code: 'timed-out' }, durationMs: Math.round(durationMs),
})
