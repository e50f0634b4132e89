import type { PageClock } from './page-clock.ts'

export interface Settling {
  /** Something changed: run soon. */
  touch(): void
  /** Run now if a run is waiting. */
  flush(): void
  /** Forget a waiting run. */
  cancel(): void
}

/** Runs `run` once changes have stopped for `quietMs`, but never later than `atMostMs` after the first of them. */
export function whenSettled(clock: PageClock, quietMs: number, atMostMs: number, run: () => void): Settling {
  let stopWaiting: (() => void) | null = null
  let firstMs = 0

  function fire(): void {
    stopWaiting = null
    run()
  }

  return {
    touch() {
      const nowMs = clock.now()
      if (stopWaiting) stopWaiting()
      else firstMs = nowMs
      stopWaiting = clock.after(Math.max(0, Math.min(quietMs, firstMs + atMostMs - nowMs)), fire)
    },
    flush() {
      if (!stopWaiting) return
      stopWaiting()
      fire()
    },
    cancel() {
      stopWaiting?.()
      stopWaiting = null
    },
  }
}
