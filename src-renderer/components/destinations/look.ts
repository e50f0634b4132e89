import type { OutputState, OutputStatus } from '@shared/domain/output.ts'
import type { IconName } from '../ui/icons.ts'

export type Tone = 'quiet' | 'busy' | 'good' | 'warn' | 'bad'

/** How a state looks: a colour is never alone, text and icon say the same. */
const LOOKS: Readonly<Record<OutputState, { tone: Tone; icon: IconName }>> = {
  idle: { tone: 'quiet', icon: 'dot' },
  connecting: { tone: 'busy', icon: 'retry' },
  running: { tone: 'good', icon: 'broadcast' },
  recovering: { tone: 'warn', icon: 'retry' },
  failed: { tone: 'bad', icon: 'alert' },
  disconnecting: { tone: 'quiet', icon: 'stop' },
}

export const lookOf = (status: OutputStatus | undefined): { tone: Tone; icon: IconName } => LOOKS[status?.state ?? 'idle']

/** Seconds to the next attempt with one decimal below ten ("1.4"), or null when none is waiting. */
export function countdownText(nextAttemptAtMs: number | null | undefined, nowMs: number): string | null {
  if (nextAttemptAtMs === null || nextAttemptAtMs === undefined || nextAttemptAtMs <= nowMs) return null
  const seconds = (nextAttemptAtMs - nowMs) / 1000
  return seconds < 10 ? seconds.toFixed(1) : String(Math.ceil(seconds))
}

/** When the next attempt comes, ms since 1970, while the server wants to be left alone: nobody can have it earlier. Null otherwise. */
export function heldUntil(status: OutputStatus | undefined, nowMs: number): number | null {
  const notBeforeMs = status?.failure?.notBeforeMs ?? 0
  return status && status.nextAttemptAtMs !== null && notBeforeMs > nowMs ? status.nextAttemptAtMs : null
}

/** A failure is news while the output is not running; afterwards it is history and stands in the details. */
export const failureToShow = (status: OutputStatus | undefined) =>
  status && status.state !== 'running' && status.state !== 'disconnecting' ? status.failure : null
