import type { Encoding } from './encoding.ts'
import { SINGLE_FRAME_RATE, SINGLE_PRESETS } from './single-presets.ts'

/** A size with its rates, as rooms and live services ask for it; kbit/s, frames/s, seconds. */
export interface QualityPreset {
  /** `<kind>:<width>x<height>` */
  id: string
  kind: 'mixed' | 'single'
  /** What it changes of the show's encoding. */
  encoding: Pick<Encoding, 'width' | 'height' | 'frameRate' | 'videoKbps'> & Partial<Pick<Encoding, 'keyFrameSeconds'>>
  /** The least that services keep a stream of one camera or screen above; equal to the rate for a composed one. */
  minKbps: number
}

/** Composed pictures for rooms: 15 frames/s, a key frame every 3 s. */
const MIXED = [[640, 360, 800], [960, 540, 1200], [1280, 720, 1500], [1920, 1080, 2500]] as const
const MIXED_KEY_FRAME_SECONDS = 3

const mixed = (width: number, height: number, videoKbps: number): QualityPreset => ({
  id: `mixed:${width}x${height}`, kind: 'mixed', minKbps: videoKbps,
  encoding: { width, height, frameRate: SINGLE_FRAME_RATE, videoKbps, keyFrameSeconds: MIXED_KEY_FRAME_SECONDS },
})

/** Landscape first, smallest first, then the same in portrait. */
export const QUALITY_PRESETS: readonly QualityPreset[] = [
  ...MIXED.map(([width, height, kbps]) => mixed(width, height, kbps)),
  ...MIXED.map(([width, height, kbps]) => mixed(height, width, kbps)),
  ...SINGLE_PRESETS.map(({ width, height, minKbps, maxKbps }): QualityPreset => ({
    id: `single:${width}x${height}`, kind: 'single', minKbps, encoding: { width, height, frameRate: SINGLE_FRAME_RATE, videoKbps: maxKbps },
  })),
]

/** Rooms' sound. All at 48 kHz. */
export const SOUND_PRESETS = [
  { id: 'speech', channels: 1, kbps: 50 },
  { id: 'default', channels: 1, kbps: 50 },
  { id: 'music', channels: 2, kbps: 60 },
] as const

/** Whether an encoding is what a preset makes of it. */
export const isPreset = (encoding: Encoding, preset: QualityPreset): boolean =>
  (Object.keys(preset.encoding) as (keyof QualityPreset['encoding'])[]).every((key) => encoding[key] === preset.encoding[key])
