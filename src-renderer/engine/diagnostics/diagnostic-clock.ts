import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'
import type { EngineClock } from '../clock.ts'

/** The page's clock as checks use it. */
export const diagnosticClock = (clock: EngineClock): DiagnosticClock => ({
  now: () => clock.wallUs() / 1000,
  monotonicMs: () => clock.monotonicMs(),
  sleep(delayMs, signal) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const onAbort = () => {
        cancel()
        reject(signal?.reason)
      }
      const cancel = clock.after(delayMs, () => {
        signal?.removeEventListener('abort', onAbort)
        resolve()
      })
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  },
})
