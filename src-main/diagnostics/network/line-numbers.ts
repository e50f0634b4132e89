import type { BloatGrade } from '@shared/domain/network-line.ts'

/** From below how many ms more under load on; bufferbloat grades as Waveform gives them. */
const BLOAT: readonly (readonly [number, BloatGrade])[] = [[5, 'A+'], [30, 'A'], [60, 'B'], [200, 'C'], [400, 'D']]

/** How much longer a round trip takes while the line is full, as a grade. */
export const bloatGradeOf = (increaseMs: number): BloatGrade => BLOAT.find(([below]) => increaseMs < below)?.[1] ?? 'F'

/** How many bytes had come when. */
export interface ByteSample {
  atMs: number
  bytes: number
}

/** A connection takes so long to find its rate, and a line's buffer to fill. */
const GRACE_MS = 1000
/** Less than this says nothing behind the grace. */
const MIN_SPAN_MS = 500

/** kbit/s from counted bytes, its beginning left out where enough is left; null when nothing came or too little time passed to tell. */
export function rateKbps(samples: readonly ByteSample[]): number | null {
  const firstAt = samples.findIndex(({ bytes }) => bytes > 0)
  const [first, last] = [samples[firstAt], samples.at(-1)]
  if (!first || !last) return null
  const settled = samples.find(({ atMs }) => atMs >= first.atMs + GRACE_MS)
  // What was over sooner is taken whole, from before its first byte.
  const begin = [settled, first].find((each) => each !== undefined && last.atMs - each.atMs >= MIN_SPAN_MS) ?? samples[firstAt - 1] ?? first
  const spanMs = last.atMs - begin.atMs
  return spanMs > 0 && last.bytes > begin.bytes ? ((last.bytes - begin.bytes) * 8) / spanMs : null
}
