import { MAX_MIXED_SOURCES, type Show } from './show.ts'
import { canHaveSound, type Source } from './source.ts'
import { DEFAULT_STRIP, SOUND_TRACKS } from './strip.ts'

type Sounding = Pick<Show, 'sources' | 'strips' | 'mixedSourceIds' | 'media'>

/** Why a source that has sound is not in the program's mix. */
export type LeftOut = 'not-named' | 'too-many' | 'monitor-only' | 'picture-only'

export interface Mix {
  /** Ids of the sources that are mixed, in the show's order, at most MAX_MIXED_SOURCES. */
  mixed: readonly string[]
  /** The others that could be heard, with the reason. */
  leftOut: ReadonlyMap<string, LeftOut>
}

/** Which sources are in the program's sound. A source that is only monitored takes no place among the sixteen. */
export function mixOf(show: Sounding): Mix {
  const mixed: string[] = []
  const leftOut = new Map<string, LeftOut>()
  for (const source of show.sources) {
    if (!canHaveSound(source)) continue
    const why = leftOutBecause(show, source, mixed.length)
    if (why) leftOut.set(source.id, why)
    else mixed.push(source.id)
  }
  return { mixed, leftOut }
}

function leftOutBecause(show: Sounding, { id }: Source, taken: number): LeftOut | null {
  if (show.media === 'picture') return 'picture-only'
  if (show.mixedSourceIds && !show.mixedSourceIds.includes(id)) return 'not-named'
  if (show.strips[id]?.monitor === 'monitor-only') return 'monitor-only'
  return taken >= MAX_MIXED_SOURCES ? 'too-many' : null
}

/** Why a source that has sound is not in what is sent; null when it is. What is on other tracks alone is in recordings only. */
export function notSentBecause(show: Sounding, sourceId: string): LeftOut | 'other-tracks' | null {
  const why = mixOf(show).leftOut.get(sourceId)
  return why ?? (trackSources(show, 1).includes(sourceId) ? null : 'other-tracks')
}

/** Ids of the sources on one track (1 to 6) of a recording: those of the mix whose strip names it, or names none. Throws RangeError. */
export function trackSources(show: Sounding, track: number): string[] {
  if (!Number.isInteger(track) || track < 1 || track > SOUND_TRACKS) throw new RangeError(`no sound track ${track}`)
  return mixOf(show).mixed.filter((id) => (show.strips[id] ?? DEFAULT_STRIP).tracks?.includes(track) ?? true)
}

/**
 * The microphones as they are to be opened: the browser's noise suppression is off where the strip has a suppressor of its
 * own, because two in a row make a voice sound as if under water.
 */
export function capturedSources(show: Pick<Show, 'sources' | 'strips'>): Source[] {
  return show.sources.map((source) =>
    source.kind === 'microphone' && source.noiseSuppression && hasSuppressor(show, source.id) ? { ...source, noiseSuppression: false } : source)
}

const hasSuppressor = (show: Pick<Show, 'strips'>, sourceId: string): boolean =>
  show.strips[sourceId]?.filters?.some((each) => each.kind === 'noise-suppression' && each.enabled) ?? false
