/** Time as a parameter: the only place where the page's engine asks for it. */
export interface EngineClock {
  /**
   * The program's one timeline: µs since 1970 as this page saw it at its start, then monotonic.
   * `performance.timeOrigin + performance.now()` reads the same in the window, its workers and its worklets.
   */
  wallUs(): number
  /** ms from an arbitrary origin, monotonic: for everything that is measured. */
  monotonicMs(): number
  /** Calls once after `delayMs`; returns how to call it off. */
  after(delayMs: number, run: () => void): () => void
  /** Calls every `periodMs` until called off. */
  every(periodMs: number, run: () => void): () => void
}

export const pageClock: EngineClock = {
  wallUs: () => (performance.timeOrigin + performance.now()) * 1000,
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  every(periodMs, run) {
    const timer = setInterval(run, periodMs)
    return () => clearInterval(timer)
  },
}

/** Chance as a parameter: uniform in [0, 1). */
export const pageRandom = (): number => Math.random()
