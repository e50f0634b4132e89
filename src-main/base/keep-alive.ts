import { type Reason, StudioError } from '@shared/domain/errors.ts'
import type { Clock } from './clock.ts'

/** What a retry policy is asked after each failed run. */
export interface RetryQuestion {
  /** Runs in a row that did not stay healthy, the one that just failed included; from 1. */
  attempt: number
  /** Since the work was last going well (or since the first attempt), ms. */
  downForMs: number
  reason: Reason
  /** A code of the service's own: its rule goes before the reason's. */
  serviceCode?: string | undefined
  /** True once any run stayed healthy for a second: some servers accept first and refuse a moment later. */
  everLive: boolean
  /** How long the run that just failed had been healthy, ms. */
  healthyForMs: number
}

/** A wait of which a part may not be cut short, whatever wakes the loop: whoever is asked wants to be left alone for so long. */
export interface RetryDelay {
  delayMs: number
  atLeastMs: number
}

/** The wait until the next attempt, ms, or null = do not try again. `random` is uniform in [0, 1). */
export type NextDelayMs = (question: RetryQuestion, random: () => number) => number | RetryDelay | null

/** One run of the work. */
export interface Attempt {
  number: number
  /** Aborts with the loop's reason when the loop is stopped, and when the attempt is cut short to begin anew. */
  signal: AbortSignal
  /** To be called once the work is really being done, not merely set up. */
  healthy(): void
}

export interface KeepAliveParts {
  /** Runs once and ends by failing. Coming back without an error counts as the failure `ended`. */
  runOnce(attempt: Attempt): Promise<void>
  nextDelayMs: NextDelayMs
  clock: Clock
  /** Told before each attempt. */
  onAttempt?(attempt: number): void
  /** Told when a run became healthy. */
  onHealthy?(): void
  /** Told after each failed run: `delayMs` null = this was the last one; the first `atLeastMs` of it nothing cuts short. */
  onFailure?(failure: StudioError, delayMs: number | null, atLeastMs: number): void
}

/** Back-off begins anew after this long of health: a server that accepts and then throws out does not reset it. */
export const HEALTHY_AFTER_MS = 30_000
/** A run that breaks sooner than this after becoming healthy was never really let in. */
const LIVE_AFTER_MS = 1000
/** An attempt younger than this is not cut short by `wake`: it began when the way was free already. */
const YOUNG_ATTEMPT_MS = 1000

/** The reason with which an attempt is cut short to begin anew. */
const beginAnew = new StudioError('ended', 'began anew')

/** The one retry loop: runs the work, asks the policy, waits, runs it again. */
export class KeepAlive {
  #attempt = 0
  #everLive = false
  #lastWellAtMs = 0
  #healthySinceMs: number | null = null
  #attemptSinceMs = 0
  #current: AbortController | null = null
  #wait: AbortController | null = null

  constructor(private readonly parts: KeepAliveParts) {}

  /**
   * Never resolves. Rejects with `signal.reason` when stopped (after the running attempt has ended), or
   * with the failure that the policy did not want to retry.
   */
  async run(signal: AbortSignal): Promise<never> {
    this.#lastWellAtMs = this.parts.clock.monotonicMs()
    for (;;) {
      signal.throwIfAborted()
      const failure = await this.#runOnce(signal)
      signal.throwIfAborted()
      if (failure === beginAnew) continue
      const wait = this.#ask(failure)
      this.parts.onFailure?.(failure, wait?.delayMs ?? null, wait?.atLeastMs ?? 0)
      if (wait === null) throw failure
      // A server that named a time is not asked earlier, whatever wakes us.
      if (wait.atLeastMs > 0) await this.parts.clock.sleep(wait.atLeastMs, signal)
      await this.#waitFor(wait.delayMs - wait.atLeastMs, signal)
    }
  }

  /** Cuts a wait short; an attempt that has been getting nowhere for a second begins anew. A healthy run is left alone. */
  wake(): void {
    this.#wait?.abort()
    const ageMs = this.parts.clock.monotonicMs() - this.#attemptSinceMs
    if (this.#healthySinceMs === null && ageMs >= YOUNG_ATTEMPT_MS) this.#current?.abort(beginAnew)
  }

  async #runOnce(signal: AbortSignal): Promise<StudioError> {
    const { clock, runOnce } = this.parts
    const { controller, release } = childOf(signal)
    this.#current = controller
    this.#attempt++
    this.#attemptSinceMs = clock.monotonicMs()
    this.#healthySinceMs = null
    this.parts.onAttempt?.(this.#attempt)
    try {
      await runOnce({ number: this.#attempt, signal: controller.signal, healthy: () => this.#becameHealthy(controller.signal) })
      return new StudioError('ended')
    } catch (thrown) {
      const failure = StudioError.from(thrown)
      // A server that named a time just before is not asked earlier by beginning anew either.
      const leftAlone = failure.retryAfterMs !== undefined || failure.serviceCode !== undefined
      return controller.signal.reason === beginAnew && !leftAlone ? beginAnew : failure
    } finally {
      this.#current = null
      release()
    }
  }

  #becameHealthy(signal: AbortSignal): void {
    // A run that has ended, or is being ended, can no longer become healthy.
    if (this.#healthySinceMs !== null || signal.aborted || this.#current?.signal !== signal) return
    this.#healthySinceMs = this.parts.clock.monotonicMs()
    this.parts.onHealthy?.()
  }

  #ask(failure: StudioError): RetryDelay | null {
    const { clock, nextDelayMs } = this.parts
    const nowMs = clock.monotonicMs()
    const healthyForMs = this.#healthySinceMs === null ? 0 : nowMs - this.#healthySinceMs
    this.#healthySinceMs = null
    if (healthyForMs >= LIVE_AFTER_MS) this.#everLive = true
    if (healthyForMs >= HEALTHY_AFTER_MS) {
      this.#attempt = 1
      this.#lastWellAtMs = nowMs
    }
    const downForMs = nowMs - this.#lastWellAtMs
    const answer = nextDelayMs({ attempt: this.#attempt, downForMs, reason: failure.reason, serviceCode: failure.serviceCode, everLive: this.#everLive, healthyForMs }, () => clock.random())
    if (answer === null) return null
    const wanted = typeof answer === 'number' ? { delayMs: answer, atLeastMs: 0 } : answer
    const atLeastMs = Math.max(wanted.atLeastMs, failure.retryAfterMs ?? 0)
    return { delayMs: Math.max(wanted.delayMs, atLeastMs), atLeastMs }
  }

  async #waitFor(delayMs: number, signal: AbortSignal): Promise<void> {
    const { controller, release } = childOf(signal)
    this.#wait = controller
    try {
      await this.parts.clock.sleep(delayMs, controller.signal)
    } catch {
      signal.throwIfAborted()
    } finally {
      this.#wait = null
      release()
    }
  }
}

/** A controller that aborts with its parent, until released. */
function childOf(parent: AbortSignal): { controller: AbortController; release(): void } {
  const controller = new AbortController()
  const onAbort = () => controller.abort(parent.reason)
  parent.addEventListener('abort', onAbort, { once: true })
  return { controller, release: () => parent.removeEventListener('abort', onAbort) }
}
