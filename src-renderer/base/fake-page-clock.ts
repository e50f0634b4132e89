import type { PageClock } from './page-clock.ts'

interface Timer {
  atMs: number
  everyMs: number | null
  run: () => void
}

/** A clock that stands still until it is advanced. Ids count up. */
export class FakePageClock implements PageClock {
  #nowMs: number
  #ids = 0
  readonly #timers = new Set<Timer>()

  constructor(startMs = 1_800_000_000_000) {
    this.#nowMs = startMs
  }

  now(): number {
    return this.#nowMs
  }

  after(ms: number, run: () => void): () => void {
    return this.#add({ atMs: this.#nowMs + ms, everyMs: null, run })
  }

  every(ms: number, run: () => void): () => void {
    return this.#add({ atMs: this.#nowMs + ms, everyMs: ms, run })
  }

  newId(): string {
    this.#ids += 1
    return `id-${this.#ids}`
  }

  get pending(): number {
    return this.#timers.size
  }

  /** Moves on by `ms`, running what falls due in order. */
  advance(ms: number): void {
    const endMs = this.#nowMs + ms
    for (;;) {
      const due = [...this.#timers].filter((each) => each.atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!due) break
      this.#nowMs = due.atMs
      if (due.everyMs === null) this.#timers.delete(due)
      else due.atMs += due.everyMs
      due.run()
    }
    this.#nowMs = endMs
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer)
    return () => this.#timers.delete(timer)
  }
}
