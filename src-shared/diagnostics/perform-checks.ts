import { StudioError } from '../domain/errors.ts'
import type { CheckDescription, CheckResource, CheckState, DiagnosticOptions, Finding } from '../domain/diagnostics.ts'
import type { DiagnosticClock, DiagnosticLog, Performing } from './diagnostic.ts'

/** A check whose codes nobody checks any more: as the runner sees it. */
export interface RunnableCheck extends CheckDescription {
  perform(given: Performing): Promise<Finding>
}

export interface CheckRun {
  checks: readonly RunnableCheck[]
  options: DiagnosticOptions
  clock: DiagnosticClock
  log: DiagnosticLog
  /** Ends the run: what runs is called off, what waits is skipped. */
  signal: AbortSignal
  /** Called with every change of a check's state. */
  onState(state: CheckState): void
}

/** How long a check that was called off may take to come back before it is left to itself. */
const LEAVE_AFTER_MS = 2000
const MAX_EVIDENCE = 2000
const TIMED_OUT = new Error('timed out')

/**
 * Performs all checks: those that use different things at once, those that use the same thing one after the other, in the order
 * given. A check that throws is an `error`, one that takes longer than its time-out is called off; neither keeps the others from
 * running. Resolves when every check has a finding; never rejects.
 */
export async function performChecks(run: CheckRun): Promise<CheckState[]> {
  const lanes = new Map<CheckResource | CheckDescription, RunnableCheck[]>()
  for (const check of run.checks) {
    const lane = check.uses === 'nothing' ? check : check.uses
    lanes.set(lane, [...(lanes.get(lane) ?? []), check])
    run.onState(waiting(check))
  }
  const done = new Map<string, CheckState>()
  await Promise.all(
    [...lanes.values()].map(async (lane) => {
      for (const check of lane) done.set(check.name, await performOne(check, run))
    }),
  )
  return run.checks.map((check) => done.get(check.name)!)
}

export const waiting = ({ name, group }: CheckDescription): CheckState => ({ name, group, status: 'pending', progress: 0, finding: null, startedAtMs: null, durationMs: null })

async function performOne(check: RunnableCheck, run: CheckRun): Promise<CheckState> {
  const { clock, log, options, onState } = run
  const begin = waiting(check)
  if (run.signal.aborted) return told(onState, { ...begin, status: 'skipped', progress: 1, finding: { status: 'skipped', code: 'cancelled' } })
  const startedMs = clock.monotonicMs()
  let state = told(onState, { ...begin, status: 'running', startedAtMs: clock.now() })
  const ending = new AbortController()
  const onCancel = () => ending.abort(new StudioError('stopped'))
  run.signal.addEventListener('abort', onCancel, { once: true })
  const timing = new AbortController()
  const timeOut = clock.sleep(check.timeoutMs, timing.signal).then(() => ending.abort(TIMED_OUT), () => {})
  let over = false
  const performing: Performing = {
    log, clock, options,
    signal: ending.signal,
    progress(fraction, live) {
      if (!over) state = told(onState, { ...state, progress: Math.min(1, Math.max(0, fraction)), ...(live && { live }) })
    },
  }
  const found = await Promise.race([attempt(check, performing), overdue(ending.signal, timing.signal, clock)])
  over = true
  timing.abort()
  await timeOut
  run.signal.removeEventListener('abort', onCancel)
  const finding = bounded(found)
  log.info('checked', { check: check.name, status: finding.status, code: finding.code })
  const { live: _seen, ...rest } = state
  return told(onState, { ...rest, status: finding.status, progress: 1, finding, durationMs: Math.round(clock.monotonicMs() - startedMs) })
}

function told(onState: CheckRun['onState'], state: CheckState): CheckState {
  onState(state)
  return state
}

async function attempt(check: RunnableCheck, given: Performing): Promise<Finding> {
  try {
    return await check.perform(given)
  } catch (thrown) {
    return fromFailure(thrown, given.signal)
  }
}

/** A check that does not come back after it was called off is left to itself. */
async function overdue(ending: AbortSignal, timing: AbortSignal, clock: DiagnosticClock): Promise<Finding> {
  if (!ending.aborted) await new Promise<void>((resolve) => ending.addEventListener('abort', () => resolve(), { once: true }))
  await clock.sleep(LEAVE_AFTER_MS, timing).catch(() => {})
  return fromFailure(ending.reason, ending)
}

function fromFailure(thrown: unknown, signal: AbortSignal): Finding {
  if (signal.reason === TIMED_OUT) return { status: 'error', code: 'timed-out' }
  const failure = StudioError.from(signal.aborted ? signal.reason : thrown)
  if (failure.reason === 'stopped') return { status: 'skipped', code: 'cancelled' }
  if (failure.reason === 'page-gone') return { status: 'error', code: 'page-gone' }
  return { status: 'error', code: 'failed', evidence: `${failure.reason}${failure.evidence ? `: ${failure.evidence}` : ''}` }
}

const bounded = (found: Finding): Finding => ({ ...found, ...(found.evidence !== undefined && { evidence: found.evidence.slice(0, MAX_EVIDENCE) }) })
