/**
 * What the status of a trickle PATCH means (RFC 9725 §4.3.1):
 * - `taken`;
 * - `stale`: the server's ICE session is another one than ours, which only a restart can mend;
 * - `later`: it may be taken another time;
 * - `unsupported`: no further candidate is sent. The session is no worse for it: our address shows when our first packet arrives.
 */
export type PatchOutcome = 'taken' | 'stale' | 'later' | 'unsupported'

export function patchOutcome(status: number): PatchOutcome {
  if (status >= 200 && status < 300) return 'taken'
  if (status === 412) return 'stale'
  if (status === 501) return 'unsupported'
  return status >= 500 || status === 408 || status === 425 || status === 429 ? 'later' : 'unsupported'
}
