/** One value of a course: brightness, or the loudness of a tone. */
export interface Reading {
  atMs: number
  value: number
}

/** Two beginnings closer than this are one: half of what lies between two flashes. */
const MIN_APART_MS = 500

/**
 * The moments at which a course rises from its low to its high level, ms, finer than the distance of its readings: a camera's frame, or
 * a stretch of sound, that the beginning falls into is brighter or louder by as much as it has of it. Each reading stands for the
 * time around its moment, as long as the usual distance between two. Empty when high and low are not `contrast` apart.
 */
export function risesOf(readings: readonly Reading[], contrast: (low: number, high: number) => boolean): number[] {
  if (readings.length < 4) return []
  const sorted = readings.map(({ value }) => value).sort((a, b) => a - b)
  const low = sorted[Math.floor(sorted.length * 0.5)]!
  const high = sorted[Math.floor(sorted.length * 0.97)]!
  if (!contrast(low, high)) return []
  const gaps = readings.slice(1).map(({ atMs }, at) => atMs - readings[at]!.atMs).sort((a, b) => a - b)
  const stepMs = gaps[gaps.length >> 1]!
  const share = (at: number): number => Math.min(1, Math.max(0, ((readings[at]?.value ?? low) - low) / (high - low)))
  const rises: number[] = []
  for (let at = 1; at < readings.length - 1; at++) {
    if (share(at - 1) >= 0.5 || share(at) < 0.5) continue
    // What of the three readings around it is bright lies at their end.
    const riseMs = readings[at]!.atMs + 1.5 * stepMs - (share(at - 1) + share(at) + share(at + 1)) * stepMs
    if (riseMs - (rises.at(-1) ?? -Infinity) >= MIN_APART_MS) rises.push(riseMs)
  }
  return rises
}

/** A flash must stand out from the room by this many of 255 steps of grey. */
const MIN_FLASH_STEPS = 12
/** A beep must stand out by this factor: 12 dB. */
const MIN_BEEP_FACTOR = 4

export const flashesIn = (luma: readonly Reading[]): number[] => risesOf(luma, (low, high) => high - low >= MIN_FLASH_STEPS)
export const beepsIn = (amplitude: readonly Reading[]): number[] => risesOf(amplitude, (low, high) => high > MIN_BEEP_FACTOR * low && high > 1e-4)

export interface SyncFigures {
  /** Flashes that have a beep. */
  events: number
  /** Sound against picture, ms: above zero = the sound comes later. In the middle of the course. */
  offsetMs: number
  /** How fast that grows, in millionths; and its standard error. */
  driftPpm: number
  driftErrorPpm: number
  /** Of each pair, in order. */
  offsetsMs: number[]
}

/** Farther apart than this the nearest beep may be another flash's: flashes come once a second. */
const MAX_APART_MS = 450
/** Pairs that are off by more than this many typical deviations (and more than a frame) are somebody's cough. */
const OUTLIER = 5
const OUTLIER_MIN_MS = 40

/** Puts each flash and the nearest beep together, and lays a line through what lies between them. Null for less than two pairs. */
export function syncOf(flashesMs: readonly number[], beepsMs: readonly number[]): SyncFigures | null {
  const pairs: { atMs: number; offsetMs: number }[] = []
  for (const atMs of flashesMs) {
    const nearest = beepsMs.reduce<number | null>((best, each) => (best === null || Math.abs(each - atMs) < Math.abs(best - atMs) ? each : best), null)
    if (nearest !== null && Math.abs(nearest - atMs) <= MAX_APART_MS) pairs.push({ atMs, offsetMs: nearest - atMs })
  }
  const middle = median(pairs.map(({ offsetMs }) => offsetMs))
  const usual = median(pairs.map(({ offsetMs }) => Math.abs(offsetMs - middle)))
  const kept = pairs.filter(({ offsetMs }) => Math.abs(offsetMs - middle) <= Math.max(OUTLIER_MIN_MS, OUTLIER * usual))
  if (kept.length < 2) return null
  const meanAt = mean(kept.map(({ atMs }) => atMs))
  const offsetMs = mean(kept.map(({ offsetMs }) => offsetMs))
  const spread = kept.reduce((sum, { atMs }) => sum + (atMs - meanAt) ** 2, 0)
  const slope = spread > 0 ? kept.reduce((sum, each) => sum + (each.atMs - meanAt) * (each.offsetMs - offsetMs), 0) / spread : 0
  const left = kept.reduce((sum, each) => sum + (each.offsetMs - offsetMs - slope * (each.atMs - meanAt)) ** 2, 0)
  const error = kept.length > 2 && spread > 0 ? Math.sqrt(left / (kept.length - 2) / spread) : Infinity
  return { events: kept.length, offsetMs, driftPpm: slope * 1e6, driftErrorPpm: Math.min(1e6, error * 1e6), offsetsMs: kept.map(({ offsetMs }) => offsetMs) }
}

const mean = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0) / all.length
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0
