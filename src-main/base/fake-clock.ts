import type { Clock } from './clock.ts'

interface Sleeper {
  dueMs: number
  wake(): void
}

/** A clock that stands still until a test advances it: ten minutes pass in a millisecond. */
export class FakeClock implements Clock {
  #nowMs: number
  readonly #sleepers = new Set<Sleeper>()

  constructor(
    startMs = 1_700_000_000_000,
    public chance: () => number = () => 0.5,
  ) {
    this.#nowMs = startMs
  }

  now = () => this.#nowMs
  monotonicMs = () => this.#nowMs
  random = () => this.chance()

  /** How many sleeps and intervals are pending: a leak check. */
  get pending(): number {
    return this.#sleepers.size
  }

  sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const sleeper: Sleeper = {
        dueMs: this.#nowMs + Math.max(0, delayMs),
        wake: () => {
          signal?.removeEventListener('abort', onAbort)
          resolve()
        },
      }
      const onAbort = () => {
        this.#sleepers.delete(sleeper)
        reject(signal?.reason)
      }
      this.#sleepers.add(sleeper)
      signal?.addEventListener('abort', onAbort, { once: true })
    })
  }

  every(periodMs: number, tick: () => void): () => void {
    const sleeper: Sleeper = {
      dueMs: this.#nowMs + periodMs,
      wake: () => {
        sleeper.dueMs += periodMs
        this.#sleepers.add(sleeper)
        tick()
      },
    }
    this.#sleepers.add(sleeper)
    return () => this.#sleepers.delete(sleeper)
  }

  /** Moves time on, waking sleepers in the order in which they are due and letting their promises settle between. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs
    await settle()
    for (;;) {
      const next = [...this.#sleepers].sort((a, b) => a.dueMs - b.dueMs)[0]
      if (!next || next.dueMs > untilMs) break
      this.#nowMs = Math.max(this.#nowMs, next.dueMs)
      this.#sleepers.delete(next)
      next.wake()
      await settle()
    }
    this.#nowMs = untilMs
    await settle()
  }
}

/** Lets every promise that can go on do so, without real time passing. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) await Promise.resolve()
  await new Promise<void>((resolve) => setImmediate(resolve))
}
