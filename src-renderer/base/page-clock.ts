/** The page's time and chance as a parameter, so that tests decide both. */
export interface PageClock {
  /** Wall time, ms since 1970. */
  now(): number
  /** Runs once after `ms`; returns how to call it off. */
  after(ms: number, run: () => void): () => void
  /** Runs every `ms`; returns how to stop. */
  every(ms: number, run: () => void): () => void
  /** A new id for something of the show: 8 to 64 characters, unique. */
  newId(): string
}

export const systemPageClock: PageClock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  every(ms, run) {
    const timer = setInterval(run, ms)
    return () => clearInterval(timer)
  },
  newId: () => crypto.randomUUID(),
}
