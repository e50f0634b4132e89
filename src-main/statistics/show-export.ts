import type { StatisticsSample } from '@shared/domain/statistics.ts'
import { toCsv } from './csv.ts'
import type { PastShows } from './past-shows.ts'

/** More than a chart has dots. */
const MOST_SEEN = 3600

/** A whole show to look at: where it is long every second sample, every fourth … Rejects with `not-found`. */
export async function samplesToSee(past: PastShows, showId: string): Promise<StatisticsSample[]> {
  let seen: StatisticsSample[] = []
  let step = 1
  let count = 0
  for (let from: number | null = 0; from !== null; ) {
    const piece = await past.piece(showId, from)
    for (const sample of piece.samples) if (count++ % step === 0) seen.push(sample)
    for (; seen.length > MOST_SEEN; step *= 2) seen = seen.filter((_, index) => index % 2 === 0)
    from = piece.next
  }
  return seen
}

/** One piece of a show as a file; all of them, one after the other, are the file. Rejects with `not-found`. */
export async function exportPiece(past: PastShows, showId: string, format: 'json' | 'csv', from: number): Promise<{ fileName: string; text: string; next: number | null }> {
  const show = past.find(showId)
  const { samples, next } = await past.piece(showId, from)
  const stamp = new Date(show.startedAtMs).toISOString().slice(0, 16).replaceAll(':', '-')
  const fileName = `castwright-${stamp}.${format}`
  const nameOf = (id: string) => show.destinations.find((each) => each.destinationId === id)?.name || id
  if (format === 'csv') return { fileName, text: toCsv(samples, nameOf, from === 0), next }
  const lines = samples.map((sample) => JSON.stringify(sample)).join(',\n')
  const before = from === 0 ? `{"show":${JSON.stringify(show)},\n"samples":[\n` : lines === '' ? '' : ',\n'
  return { fileName, text: `${before}${lines}${next === null ? '\n]}\n' : ''}`, next }
}
