import { mixOf } from '@shared/domain/mix.ts'
import type { Show } from '@shared/domain/show.ts'
import { MAX_MIXED_SOURCES } from '@shared/domain/show.ts'
import { canHaveSound } from '@shared/domain/source.ts'
import type { SoundFilter } from '@shared/domain/sound-filter.ts'
import { DEFAULT_STRIP, SOUND_TRACKS } from '@shared/domain/strip.ts'
import { changeStrip, type ShowEdit } from './show-edits.ts'

/** A strip has room for so many filters. */
export const MAX_FILTERS = 20

const withFilters = (sourceId: string, change: (filters: readonly SoundFilter[]) => readonly SoundFilter[]): ShowEdit => (show) => {
  const before = (show.strips[sourceId] ?? DEFAULT_STRIP).filters ?? []
  const after = change(before)
  return after === before ? show : changeStrip(sourceId, { filters: [...after] })(show)
}

/** Puts a filter last. A full list stays as it is. */
export const addFilter = (sourceId: string, filter: SoundFilter): ShowEdit => withFilters(sourceId, (filters) => (filters.length >= MAX_FILTERS ? filters : [...filters, filter]))

export const removeFilter = (sourceId: string, filterId: string): ShowEdit =>
  withFilters(sourceId, (filters) => (filters.some((each) => each.id === filterId) ? filters.filter((each) => each.id !== filterId) : filters))

/** The filter with the same id takes these settings; its kind cannot change. */
export const changeFilter = (sourceId: string, next: SoundFilter): ShowEdit =>
  withFilters(sourceId, (filters) => {
    const at = filters.findIndex((each) => each.id === next.id && each.kind === next.kind)
    return at < 0 ? filters : filters.with(at, next)
  })

/** Moves a filter by so many places, 1 = later. */
export const moveFilter = (sourceId: string, filterId: string, steps: number): ShowEdit =>
  withFilters(sourceId, (filters) => {
    const from = filters.findIndex((each) => each.id === filterId)
    const filter = filters[from]
    const to = Math.min(filters.length - 1, Math.max(0, from + steps))
    return !filter || to === from ? filters : filters.toSpliced(from, 1).toSpliced(to, 0, filter)
  })

export const enableAllFilters = (sourceId: string, enabled: boolean): ShowEdit => withFilters(sourceId, (filters) => filters.map((each) => ({ ...each, enabled })))

/** Takes a source into the mix or out of it. From the first time on the mix is a list of names; a full one takes no more. */
export const setMixed = (sourceId: string, wanted: boolean): ShowEdit => (show) => {
  // Whoever has left the show since takes no place.
  const named = show.mixedSourceIds?.filter((id) => show.sources.some((each) => each.id === id)) ?? everybody(show)
  if (named.includes(sourceId) === wanted) return show
  if (wanted && named.length >= MAX_MIXED_SOURCES) return show
  const next = wanted ? [...named, sourceId] : named.filter((each) => each !== sourceId)
  const sounding = show.sources.filter(canHaveSound).map((each) => each.id)
  const all = sounding.length <= MAX_MIXED_SOURCES && sounding.every((each) => next.includes(each))
  const { mixedSourceIds: _before, ...rest } = show
  // Everybody, whoever comes later included, is what a show without a list means.
  return all ? rest : { ...show, mixedSourceIds: next }
}

/** Who is in a mix without a list; those who are only monitored keep their place in it. */
function everybody(show: Show): string[] {
  const { mixed, leftOut } = mixOf({ ...show, media: 'both' })
  return show.sources.map((each) => each.id).filter((id) => mixed.includes(id) || leftOut.get(id) === 'monitor-only').slice(0, MAX_MIXED_SOURCES)
}

export const setMedia = (media: NonNullable<Show['media']>): ShowEdit => (show) => ({ ...show, media })

/** Puts a source on a track of recordings (1 to 6) or takes it off; on all is the same as naming none. */
export const setTrack = (sourceId: string, track: number, wanted: boolean): ShowEdit => (show) => {
  const all = Array.from({ length: SOUND_TRACKS }, (_, i) => i + 1)
  const before = (show.strips[sourceId] ?? DEFAULT_STRIP).tracks ?? all
  const tracks = all.filter((each) => (each === track ? wanted : before.includes(each)))
  return changeStrip(sourceId, { tracks })(show)
}
