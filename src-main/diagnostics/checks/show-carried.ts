import { carriedSources } from '@shared/domain/carried-sources.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Source, SourceStatus } from '@shared/domain/source.ts'
import type { Performing } from '@shared/diagnostics/diagnostic.ts'
import type { ShowCheckParts } from './show-check-parts.ts'

/** A source that has just been added, or a camera that is being opened, is given so long to start, ms. */
const START_MS = 1200
const LOOK_EVERY_MS = 100
/** These are opened, and say so once they are. */
const OPENED: ReadonlySet<Source['kind']> = new Set(['camera', 'microphone', 'screen', 'web-page'])

/** A source with what the page says of it; null = nothing yet. */
export interface SourceNow {
  source: Source
  status: SourceStatus | null
}

/** What the destinations that are switched on get of the show; without any: what the scene on air is. */
export function carriedNow(show: Show, { targets, sources }: Pick<ShowCheckParts, 'targets' | 'sources'>): { pictures: SourceNow[]; sounds: SourceNow[] } {
  const contents = new Set(targets().filter(({ destination }) => destination.enabled).map(({ destination }) => destination.content))
  if (contents.size === 0) contents.add('mix')
  const carried = [...contents].map((content) => carriedSources(show, content))
  const statuses = new Map(sources().map((each) => [each.sourceId, each]))
  const withStatus = (some: readonly Source[]): SourceNow[] => [...new Set(some)].map((source) => ({ source, status: statuses.get(source.id) ?? null }))
  return { pictures: withStatus(carried.flatMap(({ pictures }) => pictures)), sounds: withStatus(carried.flatMap(({ sounds }) => sounds)) }
}

export const isStarting = ({ source, status }: SourceNow): boolean => (status ? status.condition === 'starting' : OPENED.has(source.kind))

/** Looks until none is on its way any more, or the time for that is over. Rejects with the signal's reason alone. */
export async function onceStarted(look: () => readonly SourceNow[], { clock, signal }: Pick<Performing, 'clock' | 'signal'>): Promise<void> {
  const untilMs = clock.monotonicMs() + START_MS
  while (look().some(isStarting) && clock.monotonicMs() < untilMs) await clock.sleep(LOOK_EVERY_MS, signal)
}
