import type { ProgramWish } from '@shared/contracts/engine.ts'
import type { CongestionPreferences } from '@shared/contracts/studio.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { SIDE_CONTENTS, type SideContent } from '@shared/domain/program-content.ts'
import { singleFloorKbps } from '@shared/domain/single-presets.ts'
import type { RatesByContent, WhipRates } from './whip-peers.ts'

/** The bandwidth estimate begins below the ceiling: a line that cannot carry it shows that without a burst of loss. */
const START_SHARE = 0.6
/** What a browser begins with by itself, kbit/s. */
const LEAST_START_KBPS = 300

/** What a peer may send of a program that is asked for like this, and how the rate may follow its line. */
export function whipRatesOf({ videoKbps, audioKbps, audioChannels, frameRate }: Pick<Encoding, 'videoKbps' | 'audioKbps' | 'audioChannels' | 'frameRate'>, { enabled, floorKbps }: CongestionPreferences): WhipRates {
  const rates = { maxKbps: videoKbps, audioKbps, ...(audioChannels && { audioChannels }) }
  if (!enabled) return { ...rates, startKbps: videoKbps, floor: null }
  const kbps = Math.min(floorKbps, videoKbps)
  return { ...rates, startKbps: Math.min(videoKbps, Math.max(LEAST_START_KBPS, kbps, Math.round(videoKbps * START_SHARE))), floor: { kbps, frameRate } }
}

/** The same for everything that is coded now. */
export function whipRatesIn({ encoding, singles = {} }: Pick<ProgramWish, 'encoding' | 'singles'>, congestion: CongestionPreferences): RatesByContent {
  const rates: { mix: WhipRates } & Partial<Record<SideContent, WhipRates>> = { mix: whipRatesOf(encoding, congestion) }
  for (const content of SIDE_CONTENTS) {
    const single = singles[content]
    const floorKbps = single && content !== 'second' ? singleFloorKbps(single.encoding, congestion.floorKbps) : congestion.floorKbps
    if (single) rates[content] = whipRatesOf(single.encoding, { ...congestion, floorKbps })
  }
  return rates
}
