import type { Encoding } from '@shared/domain/encoding.ts'

export interface Preset {
  /** `<width>x<height>@<fps>` */
  id: string
  encoding: Pick<Encoding, 'width' | 'height' | 'frameRate' | 'videoKbps'>
}

/** Sizes that services take, with a rate that looks good at them; streaming services ask for 2500 to 6000 kbit/s at 720p and 1080p. */
const LANDSCAPE: readonly [number, number, number, number][] = [
  [640, 360, 30, 900], [854, 480, 30, 1400], [960, 540, 30, 1800], [1280, 720, 30, 2500], [1280, 720, 60, 4000], [1920, 1080, 30, 4500], [1920, 1080, 60, 6000],
]

const preset = (width: number, height: number, frameRate: number, videoKbps: number): Preset => ({
  id: `${width}x${height}@${frameRate}`,
  encoding: { width, height, frameRate, videoKbps },
})

export const PRESETS: readonly Preset[] = [
  ...LANDSCAPE.map(([width, height, rate, kbps]) => preset(width, height, rate, kbps)),
  ...LANDSCAPE.filter(([width]) => width >= 960).map(([width, height, rate, kbps]) => preset(height, width, rate, kbps)),
]

export const idOf = (encoding: Encoding): string => `${encoding.width}x${encoding.height}@${encoding.frameRate}`
