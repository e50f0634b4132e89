import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { round } from './figures.ts'
import { syncOf } from './sync-events.ts'

/** EBU R37: what a programme may be off, ms; sound early, sound late. */
const WARN_EARLY_MS = -40
const WARN_LATE_MS = 60
/** ITU-R BT.1359-1: beyond this viewers do not accept it. */
const FAIL_EARLY_MS = -90
const FAIL_LATE_MS = 185
/** 1 ms a minute is what the studio promises of its own; ten times that is seen within an hour. */
const WARN_DRIFT_PPM = 170
/** A drift counts when it is this many times its own uncertainty. */
const SURE = 3
export const MIN_EVENTS = 10

/** From the moments of flashes in the picture and beeps in the sound, ms on one clock. Pure. */
export function judgeSync(flashesMs: readonly number[], beepsMs: readonly number[]): FindingOf<'devices.sync'> {
  const seen = { flashes: flashesMs.length, beeps: beepsMs.length }
  if (flashesMs.length < MIN_EVENTS) return { status: 'warn', code: 'no-flashes', params: seen, data: seen, actions: ['again'] }
  if (beepsMs.length < MIN_EVENTS) return { status: 'warn', code: 'no-beeps', params: seen, data: seen, actions: ['again'] }
  const figures = syncOf(flashesMs, beepsMs)
  if (!figures || figures.events < MIN_EVENTS) return { status: 'warn', code: 'too-few', params: seen, data: seen, actions: ['again'] }
  const offsetMs = Math.round(figures.offsetMs)
  const driftPpm = Math.round(figures.driftPpm)
  const drifts = Math.abs(figures.driftPpm) > WARN_DRIFT_PPM && Math.abs(figures.driftPpm) > SURE * figures.driftErrorPpm
  const [code, status] = offsetMs > FAIL_LATE_MS ? (['late', 'fail'] as const)
    : offsetMs < FAIL_EARLY_MS ? (['early', 'fail'] as const)
    : drifts ? (['drifts', 'warn'] as const)
    : offsetMs > WARN_LATE_MS ? (['late', 'warn'] as const)
    : offsetMs < WARN_EARLY_MS ? (['early', 'warn'] as const)
    : (['in-sync', 'pass'] as const)
  return {
    status, code,
    params: { offsetMs, byMs: Math.abs(offsetMs), driftPpm, events: figures.events }, value: offsetMs, unit: 'ms',
    samples: figures.offsetsMs.map((each) => round(each, 1)),
    ...(status !== 'pass' && { actions: ['go-to-source', 'again'] }),
    data: { ...seen, events: figures.events, offsetMs, driftPpm, driftErrorPpm: Math.round(figures.driftErrorPpm) },
  }
}
