/** A picture boiled down to a few brightness values, with the moment it was seen. */
export interface Glimpse {
  atMs: number
  luma: Uint8Array
}

/** Pictures are compared at this size: enough to tell moments apart, next to nothing to read back. */
export const GLIMPSE_SIZE = { width: 32, height: 18 } as const
const STEP_MS = 20
/** A match must be this much better than the average moment, or nothing moved enough to tell. */
const CLEARLY_BETTER = 0.6
const LEAST_MOTION = 0.4
/** Shifts this near to the best, as a share of the way to the average, count as equally good. */
const AS_GOOD = 0.25

/**
 * How long after the program a viewer sees the same pictures, ms: the shift at which what was seen there
 * resembles what was composed here the most. null while the picture does not move enough to tell.
 */
export function pictureDelayMs(program: readonly Glimpse[], viewer: readonly Glimpse[], mostMs: number): number | null {
  if (program.length < 10 || viewer.length < 5) return null
  const scores: { delayMs: number; score: number }[] = []
  for (let delayMs = 0; delayMs <= mostMs; delayMs += STEP_MS) {
    const score = difference(program, viewer, delayMs)
    if (score !== null) scores.push({ delayMs, score })
  }
  if (scores.length < 10) return null
  const best = scores.reduce((least, each) => (each.score < least.score ? each : least))
  const mean = scores.reduce((sum, each) => sum + each.score, 0) / scores.length
  if (mean <= LEAST_MOTION || best.score >= mean * CLEARLY_BETTER) return null
  return firstValley(scores, best.score + (mean - best.score) * AS_GOOD)
}

/** Pictures that repeat themselves, such as a test pattern's seconds, fit at several shifts: the shortest is the delay. */
function firstValley(scores: readonly { delayMs: number; score: number }[], goodEnough: number): number | null {
  let index = scores.findIndex((each) => each.score <= goodEnough)
  while ((scores[index + 1]?.score ?? Infinity) < (scores[index]?.score ?? -Infinity)) index++
  return scores[index]?.delayMs ?? null
}

/** Mean brightness difference at one shift, 0 to 255; null where the program's pictures do not reach back that far. */
function difference(program: readonly Glimpse[], viewer: readonly Glimpse[], delayMs: number): number | null {
  const firstMs = program[0]?.atMs ?? 0
  let [sum, compared] = [0, 0]
  let index = 0
  for (const seen of viewer) {
    const composedMs = seen.atMs - delayMs
    if (composedMs < firstMs) continue
    while (index + 1 < program.length && (program[index + 1]?.atMs ?? Infinity) <= composedMs) index++
    const composed = program[index]
    if (!composed) continue
    sum += lumaDifference(composed.luma, seen.luma)
    compared++
  }
  return compared * 2 >= viewer.length && compared > 0 ? sum / compared : null
}

function lumaDifference(a: Uint8Array, b: Uint8Array): number {
  let sum = 0
  for (let at = 0; at < a.length; at++) sum += Math.abs((a[at] ?? 0) - (b[at] ?? 0))
  return sum / a.length
}

/** RGBA to brightness (BT.601 weights). */
export function lumaOf(rgba: Uint8ClampedArray): Uint8Array {
  const luma = new Uint8Array(rgba.length / 4)
  for (let at = 0; at < luma.length; at++) {
    luma[at] = 0.299 * (rgba[at * 4] ?? 0) + 0.587 * (rgba[at * 4 + 1] ?? 0) + 0.114 * (rgba[at * 4 + 2] ?? 0)
  }
  return luma
}

/** How many measurements a single wrong one is outvoted by. */
const VOTES = 5

/** Adds a measurement; `shown` is the middle one of the last few, so that one mistaken match is not seen. */
export function steady(before: readonly number[], nextMs: number | null): { kept: number[]; shown: number | null } {
  const kept = nextMs === null ? [...before] : [...before, nextMs].slice(-VOTES)
  const sorted = kept.toSorted((a, b) => a - b)
  return { kept, shown: sorted[Math.floor((sorted.length - 1) / 2)] ?? null }
}
