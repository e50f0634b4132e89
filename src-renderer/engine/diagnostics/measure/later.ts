import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'

export type Sleeper = Pick<DiagnosticClock, 'sleep'>

/** Runs once after `delayMs`; returns how to call it off. */
export function later(clock: Sleeper, delayMs: number, run: () => void): () => void {
  const off = new AbortController()
  clock.sleep(delayMs, off.signal).then(run, () => {})
  return () => off.abort()
}

/** `asked`, unless it takes longer than `limitMs` (then `onLate()` is thrown) or the signal aborts. What comes too late goes to `drop`. */
export async function within<T>(asked: Promise<T>, { clock, limitMs, signal }: { clock: Sleeper; limitMs: number; signal: AbortSignal }, onLate: () => unknown, drop: (late: T) => void): Promise<T> {
  const timing = new AbortController()
  let over = false
  asked.then((value) => { if (over) drop(value) }, () => {})
  const late = clock.sleep(limitMs, AbortSignal.any([signal, timing.signal])).then(() => null).finally(() => { over = true })
  try {
    const first = await Promise.race([asked.then((value) => ({ value })), late])
    if (!first) throw onLate()
    return first.value
  } finally {
    timing.abort()
  }
}
