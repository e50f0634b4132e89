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

/** In landscape; each also exists in portrait, with width and height swapped. Smallest first. */
export const SINGLE_PRESETS: readonly SinglePreset[] = [
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
]

/**
 * The preset in which a source of this size shows the most of itself, in its own orientation, never larger than it is;
 * of several equal ones the one with the least border. A source smaller than every preset gets the smallest.
 */
export function presetFor(source: { width: number; height: number }): SinglePreset {
  const portrait = source.height > source.width
  const turned = SINGLE_PRESETS.map((each) => (portrait ? { ...each, width: each.height, height: each.width } : each))
  const fitting = turned.filter((each) => each.width <= source.width && each.height <= source.height)
  const shown = ({ width, height }: SinglePreset) => {
    const scale = Math.min(width / source.width, height / source.height)
    return Math.round(source.width * scale) * Math.round(source.height * scale)
  }
  const [best] = fitting.toSorted((a, b) => shown(b) - shown(a) || a.width * a.height - b.width * b.height)
  return best ?? (turned[0] as SinglePreset)
}

/** How a single stream of a source of this size is coded; sound and key frames as in the mix. */
export function singleEncoding(source: { width: number; height: number }, mix: Encoding): Encoding {
  const { width, height, maxKbps } = presetFor(source)
  return { width, height, frameRate: SINGLE_FRAME_RATE, videoKbps: maxKbps, audioKbps: mix.audioKbps, keyFrameSeconds: mix.keyFrameSeconds }
}
