import type { PlatformLimits } from './addresses/platform.ts'

/** The rates at which a destination is tried, kbit/s of media with its sound. */
export const INGEST_LADDER_KBPS = [1000, 1500, 2500, 4000, 6000, 8000, 10_000, 12_000] as const
/** Where it begins: most shows need no less, and a slower line is found by going down. */
export const INGEST_BEGIN_KBPS = 2500

/** How long the parts of a push last, ms. */
export interface IngestTimes {
  /** After each change of rate, before anything counts. */
  settleMs: number
  measureMs: number
  /** At the end, a little below the best: what a line carries for seconds only is not relied on. */
  holdMs: number
  /** All destinations at once. */
  togetherMs: number
}

/** The hold is shorter than the 15 s of a thorough test, because each destination has one. */
export const INGEST_TIMES: IngestTimes = { settleMs: 1000, measureMs: 4000, holdMs: 8000, togetherMs: 4000 }
/** Of the best step. */
export const HOLD_SHARE = 0.85

/** The most that a platform takes in whatever size, with its sound, kbit/s; null = not documented. */
export function platformLimitKbps({ maxVideoKbps, videoKbpsBySize, maxAudioKbps = 160 }: PlatformLimits): number | null {
  const videoKbps = videoKbpsBySize ? Math.max(...videoKbpsBySize.map(({ maxKbps }) => maxKbps)) : maxVideoKbps
  return videoKbps === undefined ? null : videoKbps + maxAudioKbps
}

/** The rates that are tried for a destination: up to its platform's limit, which is the last where it lies between two. */
export function ladderUpTo(limitKbps: number | null): number[] {
  const rates = INGEST_LADDER_KBPS.filter((kbps) => limitKbps === null || kbps <= limitKbps)
  const last = rates.at(-1) ?? 0
  const top = Math.floor(limitKbps ?? 0)
  // Less than a tenth more tells nothing new.
  return top > last * 1.1 && top < INGEST_LADDER_KBPS.at(-1)! ? [...rates, top] : rates
}

/**
 * The most data that pushing to these destinations takes, in MB (10^6 bytes): when every step succeeds. Each is given by the limit
 * of its platform, kbit/s, or null.
 */
export function ingestPushMegabytes(limitsKbps: readonly (number | null)[], times: IngestTimes = INGEST_TIMES): number {
  const tops = limitsKbps.map((limit) => ladderUpTo(limit).at(-1) ?? 0)
  const kilobits = limitsKbps.reduce<number>((sum, limit) => {
    const climbed = ladderUpTo(limit).filter((kbps) => kbps >= INGEST_BEGIN_KBPS)
    const top = climbed.at(-1) ?? 0
    return sum + climbed.reduce((all, kbps) => all + (kbps * (times.settleMs + times.measureMs)) / 1000, 0) + (top * HOLD_SHARE * times.holdMs) / 1000
  }, 0)
  const together = tops.length > 1 ? (tops.length * Math.min(...tops) * (times.settleMs + times.togetherMs)) / 1000 : 0
  return Math.ceil((kilobits + together) / 8000)
}
