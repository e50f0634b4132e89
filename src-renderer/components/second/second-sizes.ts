import { PRESETS } from '../settings/presets.ts'

export interface SecondSize {
  width: number
  height: number
  /** What looks good at 30 frames per second. */
  videoKbps: number
}

/** `<width>x<height>` */
export const sizeId = ({ width, height }: { width: number; height: number }): string => `${width}x${height}`

const AT_30 = PRESETS.filter(({ encoding }) => encoding.frameRate === 30).map(({ encoding: { width, height, videoKbps } }): SecondSize => ({ width, height, videoKbps }))
const SMALL = AT_30.filter(({ width, height }) => width > height && width < 960).map((each) => ({ ...each, width: each.height, height: each.width }))

/** Sizes for a second canvas, smallest first: portrait, which most want it for, then landscape. */
export const SECOND_SIZES: readonly SecondSize[] = [...SMALL, ...AT_30.filter(({ width, height }) => height > width), ...AT_30.filter(({ width, height }) => width >= height)]
