import { headerOf, type HttpAnswer } from './http-request.ts'
import { retryAfterMs } from './retry-after.ts'

/**
 * What the answer to a PATCH means (RFC 9725 §4.3.1):
 * - `taken`;
 * - `stale`: the server's ICE session is another one than ours, which only a restart can mend (§4.3.3);
 * - `later`: it may be taken another time;
 * - `refused`: not this one. After a restart, with its new entity tag, the next may be taken;
 * - `unsupported`: no further candidate is sent. The session is no worse for it: our address shows when our first packet arrives.
 */
export type PatchOutcome = 'taken' | 'stale' | 'later' | 'refused' | 'unsupported'

/** Without another word of the server. */
const TRY_AGAIN_MS = 1000

export function patchOutcome(status: number): PatchOutcome {
  if (status >= 200 && status < 300) return 'taken'
  if (status === 412) return 'stale'
  if (status === 405 || status === 422 || status === 501) return 'unsupported'
  return status >= 500 || status === 408 || status === 425 || status === 429 ? 'later' : 'refused'
}

/** When a PATCH that was answered with `later` may be sent again, ms from now: as the server says, but not at once. */
export function patchAgainMs(answer: HttpAnswer | null, nowMs: number): number {
  const saidMs = answer ? retryAfterMs(headerOf(answer, 'retry-after'), nowMs) : null
  return Math.max(TRY_AGAIN_MS, saidMs ?? 0)
}
