import type { Reason } from '@shared/domain/errors.ts'

/** What a WHEP player does after a status that is neither an answer nor a counter-offer. */
export type WhepVerdict = { kind: 'wait'; reason: Reason | null; delayMs: number } | { kind: 'stop'; reason: Reason }

/** The first wait where the server names none, and the longest. */
const FIRST_MS = 1000
const LONGEST_MS = 30_000

/**
 * Statuses by their class, as RFC 9725 (4.1) wants it; the WHEP draft gives 409 a meaning of its own: nothing is live yet. Some
 * servers say 404 for that, so it is waited for as well. The back-off starts at Retry-After and doubles with each of `tries`
 * (from 0) before; never sooner than the server asked. `reason` null = nothing is wrong.
 */
export function whepVerdict(status: number, retryAfterMs: number | null, tries: number): WhepVerdict {
  const delayMs = Math.max(retryAfterMs ?? 0, Math.min(LONGEST_MS, (retryAfterMs ?? FIRST_MS) * 2 ** tries))
  if (status === 409) return { kind: 'wait', reason: null, delayMs }
  if (status === 404) return { kind: 'wait', reason: 'endpoint-not-found', delayMs }
  if (status === 401 || status === 403) return { kind: 'stop', reason: 'token-rejected' }
  if (status === 429 || status === 503) return { kind: 'wait', reason: 'server-busy', delayMs }
  if (status >= 500) return { kind: 'wait', reason: 'server-error', delayMs }
  if (status >= 400) return { kind: 'stop', reason: 'offer-rejected' }
  return { kind: 'stop', reason: 'protocol-error' }
}

/** After a connection that broke, or a request without an answer. */
export const whepBackOffMs = (tries: number): number => Math.min(LONGEST_MS, FIRST_MS * 2 ** tries)
