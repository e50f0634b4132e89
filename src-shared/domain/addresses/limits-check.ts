import type { Destination } from '../destination.ts'
import type { Encoding } from '../encoding.ts'
import type { PlatformLimits } from './platform.ts'
import { platformOfDestination, PLATFORMS } from './platforms.ts'

export type LimitField = 'videoKbps' | 'audioKbps' | 'keyFrameSeconds' | 'frameRate' | 'size'

/** One setting of the show that a platform does not take. Sizes are told by the shorter side. */
export interface LimitBreach {
  field: LimitField
  is: number
  /** What it should be: the platform's limit, or what it asks for. */
  wanted: number
}

/** Which settings of a show are outside of what a platform documents; empty = all are fine. */
export function checkLimits(encoding: Encoding, limits: PlatformLimits): LimitBreach[] {
  const breaches: LimitBreach[] = []
  const breach = (field: LimitField, is: number, wanted: number) => void breaches.push({ field, is, wanted })
  const { keyFrameSeconds: keyFrames, frameRate, maxAudioKbps, maxShortSide } = limits
  const shortSide = Math.min(encoding.width, encoding.height)
  const maxVideoKbps = videoCeiling(encoding, limits)
  if (maxShortSide !== undefined && shortSide > maxShortSide) breach('size', shortSide, maxShortSide)
  if (frameRate && encoding.frameRate > frameRate.max) breach('frameRate', encoding.frameRate, frameRate.max)
  if (frameRate && encoding.frameRate < frameRate.min) breach('frameRate', encoding.frameRate, frameRate.min)
  if (maxVideoKbps !== null && encoding.videoKbps > maxVideoKbps) breach('videoKbps', encoding.videoKbps, maxVideoKbps)
  if (maxAudioKbps !== undefined && encoding.audioKbps > maxAudioKbps) breach('audioKbps', encoding.audioKbps, maxAudioKbps)
  if (keyFrames && !isKeyFrameFine(encoding.keyFrameSeconds, keyFrames)) breach('keyFrameSeconds', encoding.keyFrameSeconds, keyFrames.wanted)
  return breaches
}

/** The encoding with every breach mended and nothing else changed. */
export function adjustToLimits(encoding: Encoding, limits: PlatformLimits): Encoding {
  let next = { ...encoding }
  for (const { field, wanted } of checkLimits(next, limits)) {
    if (field === 'size') next = { ...next, ...scaledTo(next, wanted) }
    else next = { ...next, [field]: wanted }
  }
  // A smaller picture may have a lower ceiling of its own.
  const ceiling = videoCeiling(next, limits)
  return ceiling !== null && next.videoKbps > ceiling ? { ...next, videoKbps: ceiling } : next
}

/** How far apart key frames may be for the platforms of all of these destinations, s: `seconds`, or less where one documents that it takes no more. */
export function keyFramesFor(seconds: number, destinations: readonly Pick<Destination, 'kind' | 'address' | 'platform'>[]): number {
  return Math.min(seconds, ...destinations.map((each) => PLATFORMS[platformOfDestination(each)].limits.keyFrameSeconds?.max ?? seconds))
}

/** Whether one of these destinations is on a platform that documents that it takes the baseline profile alone. */
export const needsBaseline = (destinations: readonly Pick<Destination, 'kind' | 'address' | 'platform'>[]): boolean =>
  destinations.some((each) => PLATFORMS[platformOfDestination(each)].limits.profile === 'baseline')

/** The highest video bitrate for this size and rate, kbit/s; null where none is documented. */
export function videoCeiling(encoding: Pick<Encoding, 'width' | 'height' | 'frameRate'>, limits: PlatformLimits): number | null {
  const shortSide = Math.min(encoding.width, encoding.height)
  const bySize = limits.videoKbpsBySize?.toReversed().find((each) => shortSide <= each.shortSide && encoding.frameRate <= each.frameRate)
  return bySize?.maxKbps ?? limits.videoKbpsBySize?.[0]?.maxKbps ?? limits.maxVideoKbps ?? null
}

/** Half seconds (1.5) are between what "1 or 2 s" asks for, and fine for servers that give a range. */
const isKeyFrameFine = (seconds: number, { min, max }: { min: number; max: number }): boolean => seconds >= min && seconds <= max

function scaledTo({ width, height }: Encoding, shortSide: number): { width: number; height: number } {
  const factor = shortSide / Math.min(width, height)
  const even = (value: number) => Math.max(160, Math.round((value * factor) / 2) * 2)
  return { width: even(width), height: even(height) }
}
