import type { DestinationFacts } from '@shared/contracts/addresses.ts'
import type { RecordingSettings } from '@shared/domain/recording.ts'
import type { Show } from '@shared/domain/show.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { Clock } from '../../base/clock.ts'
import type { Target } from '../../settings/destinations.ts'
import type { LookUp } from '../network/stage-times.ts'

/** What the processors did since the system was started, all added up. */
export interface ProcessorTimes {
  idleMs: number
  totalMs: number
}

/** What the checks before a show look at; each takes what it needs. */
export interface ShowCheckParts {
  clock: Clock
  show(): Show
  /** What the page last said of each source. */
  sources(): readonly SourceStatus[]
  /** All destinations, with their secrets. */
  targets(): readonly Target[]
  /** What their secrets say about themselves. */
  facts(): readonly DestinationFacts[]
  /** Wall time by which servers judge, ms since 1970. */
  serverNowMs(): number
  /** ms that servers are ahead; null = none was heard. */
  clockOffsetMs(): number | null
  /** `wanted`: the show will be recorded, or is. */
  recording(): { wanted: boolean; settings: RecordingSettings }
  recordingsFolder(): string
  /** Bytes free for this user at a path. */
  freeBytes(path: string): Promise<number>
  lookUp: LookUp
  processorTimes(): ProcessorTimes
}

/** Before a show nobody waits longer than 2 s; each check is done well before. */
export const SHOW_CHECK_MS = 1900

/** At most three names of what a finding is about, for its sentence. */
export const namesOf = (named: readonly { name: string }[]): string =>
  named.slice(0, 3).map(({ name }) => name).join(', ') + (named.length > 3 ? ` … (${named.length})` : '')
