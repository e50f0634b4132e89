import type { Clock } from '../base/clock.ts'

const TELL_EVERY_MS = 5000
const TELL_FOR_MS = 60_000

/** While a state that should pass lasts: tells of it every 5 s for at most 60 s, and says once when its time is up. */
export class PhaseTimer {
  #phase: AbortController | null = null

  constructor(
    private readonly clock: Clock,
    private readonly tell: () => void,
    private readonly timeUp: () => void,
  ) {}

  start(limitMs: number): void {
    this.stop()
    const phase = new AbortController()
    this.#phase = phase
    let toldForMs = 0
    const stopTelling = this.clock.every(TELL_EVERY_MS, () => {
      toldForMs += TELL_EVERY_MS
      this.tell()
      if (toldForMs >= TELL_FOR_MS) stopTelling()
    })
    phase.signal.addEventListener('abort', stopTelling, { once: true })
    this.clock.sleep(limitMs, phase.signal).then(this.timeUp, () => {})
  }

  stop(): void {
    this.#phase?.abort()
    this.#phase = null
  }
}
