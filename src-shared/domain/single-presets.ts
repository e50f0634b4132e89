import { z } from 'zod'
import type { Encoding } from './encoding.ts'

/** One camera or one screen pushed as it is. The rates are those between which live services keep such a stream. */
export interface SinglePreset {
  width: number
  height: number
  minKbps: number
  maxKbps: number
}

/** Pictures per second of every single stream. */
export const SINGLE_FRAME_RATE = 15

const LANDSCAPE = [
  { width: 160, height: 160, minKbps: 100, maxKbps: 150 },
  { width: 320, height: 180, minKbps: 250, maxKbps: 400 },
  { width: 270, height: 270, minKbps: 200, maxKbps: 300 },
  { width: 320, height: 240, minKbps: 250, maxKbps: 375 },
  { width: 480, height: 270, minKbps: 350, maxKbps: 550 },
  { width: 480, height: 360, minKbps: 400, maxKbps: 600 },
  { width: 640, height: 360, minKbps: 500, maxKbps: 900 },
  { width: 480, height: 480, minKbps: 350, maxKbps: 525 },
  { width: 640, height: 480, minKbps: 600, maxKbps: 900 },
  { width: 960, height: 540, minKbps: 800, maxKbps: 1500 },
  { width: 1280, height: 720, minKbps: 1000, maxKbps: 1800 },
  { width: 1920, height: 1080, minKbps: 2500, maxKbps: 3000 },
] as const satisfies readonly SinglePreset[]

const turned = <T extends SinglePreset>(each: T): SinglePreset => ({ ...each, width: each.height, height: each.width })

/** Smallest first; first in landscape and square, then in portrait. */
export const SINGLE_PRESETS: readonly SinglePreset[] = [...LANDSCAPE, ...LANDSCAPE.filter(({ width, height }) => width > height).map(turned)]

/** `<width>x<height>` */
export const singlePresetId = ({ width, height }: { width: number; height: number }): string => `${width}x${height}`

/** How a single stream is coded: `automatic`, by the size of its source, or always by the preset of this id. */
export const singleQuality = z.string().refine((id) => id === 'automatic' || SINGLE_PRESETS.some((each) => singlePresetId(each) === id), 'no such preset')
export type SingleQuality = z.infer<typeof singleQuality>
export const DEFAULT_SINGLE_QUALITIES = { main: 'automatic', aux: 'automatic' } as const

/**
 * The preset in which a source of this size shows the most of itself, in its own orientation, never larger than it is;
 * of several equal ones the one with the least border. A source smaller than every preset gets the smallest.
 */
export function presetFor(source: { width: number; height: number }): SinglePreset {
  const portrait = source.height > source.width
  const upright = LANDSCAPE.map((each) => (portrait ? turned(each) : each))
  const fitting = upright.filter((each) => each.width <= source.width && each.height <= source.height)
  const shown = ({ width, height }: SinglePreset) => {
    const scale = Math.min(width / source.width, height / source.height)
    return Math.round(source.width * scale) * Math.round(source.height * scale)
  }
  const [best] = fitting.toSorted((a, b) => shown(b) - shown(a) || a.width * a.height - b.width * b.height)
  return best ?? LANDSCAPE[0]
}

/** How a single stream of a source of this size is coded; sound and key frames as in the mix. */
export function singleEncoding(source: { width: number; height: number }, mix: Encoding, quality: SingleQuality = 'automatic'): Encoding {
  const { width, height, maxKbps } = SINGLE_PRESETS.find((each) => singlePresetId(each) === quality) ?? presetFor(source)
  return { width, height, frameRate: SINGLE_FRAME_RATE, videoKbps: maxKbps, audioKbps: mix.audioKbps, ...(mix.audioChannels && { audioChannels: mix.audioChannels }), keyFrameSeconds: mix.keyFrameSeconds, ...(mix.avcProfile && { avcProfile: mix.avcProfile }) }
}

/** The least that a slow line may leave of a single stream, kbit/s: what the services keep it above, or the user's floor where that is lower. */
export function singleFloorKbps(size: { width: number; height: number }, floorKbps: number): number {
  return Math.min(floorKbps, SINGLE_PRESETS.find((each) => singlePresetId(each) === singlePresetId(size))?.minKbps ?? floorKbps)
}
