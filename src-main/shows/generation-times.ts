/** So many older states of a show are kept. */
export const GENERATIONS = 10
/** A page that saves on every move makes at most one generation in so long. */
export const GENERATION_EVERY_MS = 60_000

/**
 * Which generation goes when there are too many: the one whose neighbours are closest, measured by how their ages compare.
 * So minutes stay apart near now, hours further back; the youngest and the oldest stay.
 * `timesMs`: youngest first. Answers the index of the one to drop, -1 while there are no more than `GENERATIONS`.
 */
export function crowdedGeneration(timesMs: readonly number[], nowMs: number): number {
  if (timesMs.length <= GENERATIONS) return -1
  const ageOf = (index: number) => Math.max(GENERATION_EVERY_MS, nowMs - (timesMs[index] ?? 0))
  let crowded = 1
  for (let index = 2; index < timesMs.length - 1; index++) {
    if (ageOf(index + 1) / ageOf(index - 1) < ageOf(crowded + 1) / ageOf(crowded - 1)) crowded = index
  }
  return crowded
}
