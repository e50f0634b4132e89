import type { Source, SourceStatus } from '@shared/domain/source.ts'
import type { Bottleneck } from '@shared/domain/statistics.ts'
import type { WatchdogName, WatchEvent } from '@shared/domain/watchdogs.ts'

/** One source of the show, and how it is. */
export interface WatchedSource {
  source: Source
  status: SourceStatus
  /** Its sound is to be heard: in the mix and not muted. */
  heard: boolean
}

/** Everything that the watchdogs look at, twice a second. */
export interface WatchFacts {
  sources: readonly WatchedSource[]
  bottlenecks: readonly Bottleneck[]
  /** Of what is being recorded; null while nothing is, or the rate is not known yet. */
  minutesLeft: number | null
  battery: { onBattery: boolean; percent: number } | null
  /** What this computer is connected to, in words; null while it is not known. */
  network: string | null
  /** By how much wall time moved away from monotonic time since the last look, ms; a sleep is none. */
  clockJumpMs: number
}

/** Something that a watchdog barks at now. */
export interface Alarm {
  sourceId: string | null
  params: WatchEvent['params']
  evidence?: string
  /** Over as soon as it is told: it happened. */
  momentary?: boolean
}

/** What a watchdog may do about it. */
export interface Remedies {
  restartSource(sourceId: string): void
  /** Destinations that wait for their next try take it now. */
  wakeOutputs(): void
}

/** One thing that can go wrong, in one file with one line in `all-watchdogs.ts`. Looks at facts, holds at most its own memory of the last look. */
export interface Watchdog {
  readonly name: WatchdogName
  readonly level: WatchEvent['level']
  look(facts: WatchFacts): Alarm[]
  /** Tried at once, and again while the alarm lasts; absent = nothing can be done from here, or it comes back by itself. */
  remedy?(alarm: Alarm, remedies: Remedies): void
  /** It comes back without anybody's doing. */
  readonly mendsItself?: boolean
}
