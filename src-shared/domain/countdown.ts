import type { SourceOf } from './source.ts'

/** How far a countdown is, and its three buttons; all times in ms, `nowMs` since 1970. */
type Countdown = Pick<SourceOf<'countdown'>, 'mode' | 'untilMs' | 'durationMs' | 'startedAtMs' | 'leftMs'>
type Run = Pick<Countdown, 'startedAtMs' | 'leftMs'>

export function timeLeftMs({ mode, untilMs, durationMs, startedAtMs, leftMs }: Countdown, nowMs: number): number {
  if (mode === 'until') return Math.max(0, untilMs - nowMs)
  if (startedAtMs === null) return leftMs ?? durationMs
  return Math.max(0, Math.min(durationMs, startedAtMs + durationMs - nowMs))
}

/** Whether what it shows changes by itself. */
export const isCounting = (of: Countdown, nowMs: number): boolean => (of.mode === 'until' || of.startedAtMs !== null) && timeLeftMs(of, nowMs) > 0

/** Begins, or goes on after a pause. */
export const started = (of: Countdown, nowMs: number): Run => ({ startedAtMs: nowMs - (of.durationMs - (of.leftMs ?? of.durationMs)), leftMs: undefined })
export const paused = (of: Countdown, nowMs: number): Run => ({ startedAtMs: null, leftMs: Math.ceil(timeLeftMs(of, nowMs)) })
export const reset = (): Run => ({ startedAtMs: null, leftMs: undefined })
