import type { ProgramWish } from '@shared/contracts/engine.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import type { RatesByContent, WhipRates } from './whip-peers.ts'

/** The bandwidth estimate begins below the ceiling: a line that cannot carry it shows that without a burst of loss. */
const START_SHARE = 0.6
/** What a browser begins with by itself, kbit/s. */
const LEAST_START_KBPS = 300

/** What a peer may send of a program that is asked for like this. */
export function whipRatesOf({ videoKbps, audioKbps }: Pick<Encoding, 'videoKbps' | 'audioKbps'>): WhipRates {
  return { startKbps: Math.min(videoKbps, Math.max(LEAST_START_KBPS, Math.round(videoKbps * START_SHARE))), maxKbps: videoKbps, audioKbps }
}

/** The same for everything that is coded now. */
export function whipRatesIn({ encoding, singles = {} }: Pick<ProgramWish, 'encoding' | 'singles'>): RatesByContent {
  return { mix: whipRatesOf(encoding), ...Object.fromEntries(Object.entries(singles).map(([content, single]) => [content, whipRatesOf(single.encoding)])) }
}
