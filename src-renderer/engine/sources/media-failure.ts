import type { Reason } from '@shared/domain/errors.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { SourceCondition } from '@shared/domain/source.ts'

interface MediaFailure {
  condition: SourceCondition
  reason: Reason
}

/** W3C Media Capture and Streams, §10.2 (getUserMedia): the names of its failures and what they mean to a user. */
const FAILURES: Readonly<Record<string, MediaFailure>> = {
  NotAllowedError: { condition: 'denied', reason: 'permission-denied' },
  SecurityError: { condition: 'denied', reason: 'permission-denied' },
  NotFoundError: { condition: 'missing', reason: 'device-gone' },
  OverconstrainedError: { condition: 'missing', reason: 'device-gone' },
  NotReadableError: { condition: 'busy', reason: 'device-busy' },
  // A device that vanishes or hangs while it is being opened.
  AbortError: { condition: 'busy', reason: 'device-busy' },
  // Nothing was chosen, or nobody has asked yet (a picker needs a user's gesture).
  InvalidStateError: { condition: 'ended', reason: 'source-ended' },
  TimeoutError: { condition: 'ended', reason: 'source-ended' },
}

export function mediaFailure(thrown: unknown): MediaFailure & { evidence: string } {
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : ''
  const message = thrown instanceof Error || thrown instanceof DOMException ? thrown.message : String(thrown)
  const known = FAILURES[name] ?? { condition: 'failed', reason: 'unexpected' }
  return { ...known, evidence: name ? `${name}: ${message}` : message }
}

export function mediaError(thrown: unknown): StudioError {
  const { reason, evidence } = mediaFailure(thrown)
  return new StudioError(reason, evidence, { cause: thrown })
}
