import type { Clock } from './base/clock.ts'
import { ClockOffset } from './base/clock-offset.ts'
import { hearDates } from './base/heard-dates.ts'
import type { Scope } from './base/scope.ts'
import { Topic, type Watchable } from './rpc/topic.ts'

/** What servers say about the time, and the time by them. */
export interface ServerTime {
  offset: ClockOffset
  /** Set anew when the offset has changed. */
  heard: Watchable<{ offsetMs: number | null }>
  /** For what servers judge by their own clocks: how long signatures and tokens hold. */
  clock: Clock
}

/** The part of the composition root that listens to what every HTTP answer says about the time. */
export function openServerTime(root: Scope, clock: Clock): ServerTime {
  const heard = new Topic<{ offsetMs: number | null }>({ offsetMs: null })
  const offset = new ClockOffset(clock, ({ offsetMs }) => heard.set({ offsetMs }))
  root.add(hearDates(clock, (each) => offset.hear(each)))
  const byServers: Clock = {
    now: () => offset.serverNow(), monotonicMs: () => clock.monotonicMs(), random: () => clock.random(),
    every: (periodMs, tick) => clock.every(periodMs, tick), sleep: (delayMs, signal) => clock.sleep(delayMs, signal),
  }
  return { offset, heard, clock: byServers }
}
