import type { EngineClock } from './clock.ts'

/** A clock that a test moves by hand. Timers run in order of their time, with microtasks let through in between. */
export class FakeEngineClock implements EngineClock {
  #nowMs = 0
  #timers: { atMs: number; run: () => void; periodMs: number | null }[] = []

  constructor(readonly originMs = 1_700_000_000_000) {}

  wallUs = (): number => (this.originMs + this.#nowMs) * 1000
  monotonicMs = (): number => this.#nowMs

  after = (delayMs: number, run: () => void): (() => void) => this.#add(delayMs, run, null)
  every = (periodMs: number, run: () => void): (() => void) => this.#add(periodMs, run, periodMs)

  /** Time passes without any timer being served, as when a thread is busy. */
  block(ms: number): void {
    this.#nowMs += ms
  }

  async advance(ms: number): Promise<void> {
    const end = this.#nowMs + ms
    for (;;) {
      await settle()
      const next = this.#timers.filter((each) => each.atMs <= end).sort((a, b) => a.atMs - b.atMs)[0]
      if (!next) break
      this.#nowMs = Math.max(this.#nowMs, next.atMs)
      if (next.periodMs === null) this.#timers = this.#timers.filter((each) => each !== next)
      else next.atMs += next.periodMs
      next.run()
    }
    this.#nowMs = Math.max(this.#nowMs, end)
    await settle()
  }

  get timers(): number {
    return this.#timers.length
  }

  #add(delayMs: number, run: () => void, periodMs: number | null): () => void {
    const timer = { atMs: this.#nowMs + Math.max(0, delayMs), run, periodMs }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer)
    }
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve()
}
