import { StudioError } from '@shared/domain/errors.ts'
import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'

/**
 * Does something that takes a signal, for at most `limitMs`. Rejects with `connect-timeout` when the time is over, and with the
 * signal's reason when that aborts, whether or not the work comes back.
 */
export async function within<T>(limitMs: number, { clock, signal }: { clock: Pick<DiagnosticClock, 'sleep'>; signal: AbortSignal }, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const ending = new AbortController()
  const over = new AbortController()
  const { promise: ended, reject } = Promise.withResolvers<never>()
  const end = (reason: unknown): void => {
    ending.abort(reason)
    reject(reason)
  }
  const onAbort = () => end(signal.reason)
  signal.addEventListener('abort', onAbort, { once: true })
  void clock.sleep(limitMs, over.signal).then(() => end(new StudioError('connect-timeout', `nothing came within ${Math.round(limitMs / 100) / 10} s`)), () => {})
  try {
    return await Promise.race([work(ending.signal), ended])
  } finally {
    over.abort()
    signal.removeEventListener('abort', onAbort)
  }
}
