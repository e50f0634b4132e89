import type { PlatformLimits } from './addresses/platform.ts'
import { videoCeiling } from './addresses/limits-check.ts'
import type { Encoding } from './encoding.ts'
import type { IngestFigures, IngestRecommendation } from './ingest-push.ts'
import { QUALITY_PRESETS } from './quality-presets.ts'

/** 30 % stay free. */
export const SAFE_SHARE = 0.7
const MAX_VIDEO_KBPS = 20_000
const MIN_VIDEO_KBPS = 100

/** What is known about the way to all destinations. */
export interface SharedLine {
  /** Those that were measured. */
  measured: readonly Pick<IngestFigures, 'bestKbps'>[]
  /** What arrived at all of them at once; null = there was one, or it is not known. */
  togetherKbps: number | null
  /** Destinations that a show sends to over this line, measured or not. */
  sharing: number
}

/** The most that each destination can be sent at the same time, kbit/s with sound, without anything left free; null = nothing was measured. */
export function shareKbps({ measured, togetherKbps, sharing }: SharedLine): number | null {
  const bests = measured.flatMap(({ bestKbps }) => (bestKbps === null ? [] : [bestKbps]))
  if (bests.length === 0) return null
  const carriedKbps = Math.max(togetherKbps ?? 0, ...bests)
  return Math.min(...bests, carriedKbps / Math.max(1, sharing))
}

/**
 * What a show may send to each destination so that 30 % of the line stay free and every platform takes it: the show's own size when
 * its rates fit, else the largest preset that does. null = the line does not even carry the smallest.
 */
export function recommendFor(fullKbps: number, encoding: Encoding, limits: readonly PlatformLimits[]): IngestRecommendation | null {
  const safeKbps = Math.floor(Math.min(MAX_VIDEO_KBPS, fullKbps * SAFE_SHARE - encoding.audioKbps))
  if (safeKbps < MIN_VIDEO_KBPS) return null
  const within = (size: { width: number; height: number; frameRate: number }): number => Math.min(safeKbps, ...limits.map((each) => videoCeiling(size, each) ?? Infinity))
  const told = ({ width, height, frameRate }: Pick<Encoding, 'width' | 'height' | 'frameRate'>, presetId: string | null): IngestRecommendation => ({ kbps: within({ width, height, frameRate }), width, height, frameRate, presetId })
  if (encoding.videoKbps <= within(encoding)) return told(encoding, null)
  const isPortrait = encoding.height > encoding.width
  const fitting = QUALITY_PRESETS.filter(({ encoding: { width, height, frameRate, videoKbps } }) =>
    height > width === isPortrait && width <= encoding.width && height <= encoding.height && videoKbps <= within({ width, height, frameRate }))
  // Those of composed pictures come first; the others are for lines that are slower still.
  const best = (kind: 'mixed' | 'single') => fitting.filter((each) => each.kind === kind).toSorted((a, b) => b.encoding.width * b.encoding.height - a.encoding.width * a.encoding.height)[0]
  const preset = best('mixed') ?? best('single')
  return preset ? told(preset.encoding, preset.id) : null
}
