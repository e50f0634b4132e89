import type { LineQuality } from './diagnostics.ts'

/** What a line did lately. Absent = not known; a line of which nothing is known has quality 0. */
export interface LineMeasurement {
  /** False: nothing comes back any more. */
  connected: boolean
  /** 0 to 1, the worse direction. */
  lossRate?: number | undefined
  rttMs?: number | undefined
}

/** From how much on a quality is this bad, loss in percent and round trip in ms (the scale of TRTC's network quality). */
const LIMITS = [
  { quality: 5, lossPercent: 50, rttMs: 500 },
  { quality: 4, lossPercent: 30, rttMs: 350 },
  { quality: 3, lossPercent: 20, rttMs: 200 },
  { quality: 2, lossPercent: 10, rttMs: 100 },
] as const

/** One number for a line, 0 to 6. */
export function lineQualityOf({ connected, lossRate, rttMs }: LineMeasurement): LineQuality {
  if (!connected) return 6
  if (lossRate === undefined && rttMs === undefined) return 0
  return LIMITS.find((limit) => (lossRate ?? 0) * 100 > limit.lossPercent || (rttMs ?? 0) > limit.rttMs)?.quality ?? 1
}
