import type { EngineClock } from '../clock.ts'

/** A tick that comes at most this many periods late is still made up for; beyond, ticks are dropped. */
const MAX_LATE_PERIODS = 3

export interface Ticker {
  stop(): void
}

/**
 * Calls `onTick` once per frame of an exact grid laid over the wall timeline: tick n is at n / frameRate seconds
 * since 1970. So stamps never drift, full seconds lie on the grid, and a reloaded page goes on with the same grid.
 * One tick runs at a time. A little lateness is made up for with the right stamps; more is counted by `onDropped`.
 */
export function startTicker(options: {
  clock: EngineClock
  frameRate: number
  onTick(timestampUs: number, index: number): void | Promise<void>
  onDropped(count: number): void
}): Ticker {
  const { clock, frameRate, onTick, onDropped } = options
  const periodUs = 1_000_000 / frameRate
  let next = Math.floor(clock.wallUs() / periodUs) + 1
  let stopped = false
  let callOff: () => void

  const wait = (): void => {
    if (stopped) return
    const untilMs = (next * periodUs - clock.wallUs()) / 1000
    callOff = clock.after(Math.max(0, untilMs), tick)
  }

  const tick = async (): Promise<void> => {
    if (stopped) return
    // Timers may fire a moment early; the grid decides.
    if (clock.wallUs() < next * periodUs - 500) return wait()
    const latePeriods = Math.floor((clock.wallUs() - next * periodUs) / periodUs)
    if (latePeriods > MAX_LATE_PERIODS) {
      onDropped(latePeriods)
      next += latePeriods
    }
    const index = next
    next++
    try {
      await onTick(Math.round(index * periodUs), index)
    } catch {
      // One frame that could not be made must not be the last one.
      onDropped(1)
    }
    wait()
  }

  wait()
  return {
    stop() {
      stopped = true
      callOff()
    },
  }
}
