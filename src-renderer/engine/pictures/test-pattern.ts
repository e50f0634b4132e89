/** What the test pattern shows at one moment, in pixels of its own 1280x720 picture. Pure, so that tests can expect it. */
export const PATTERN = {
  width: 1280,
  height: 720,
  /** Vertical bars over the upper part, 75 % colours as in EBU bars. */
  bars: ['#bfbfbf', '#bfbf00', '#00bfbf', '#00bf00', '#bf00bf', '#bf0000', '#0000bf', '#101010'],
  barsHeight: 448,
  /** The box that the white marker runs along once in two seconds. */
  track: { x: 0, y: 480, width: 1280, height: 48 },
  markerWidth: 32,
  clock: { x: 256, y: 576, digitWidth: 64, digitHeight: 112 },
  /**
   * Rows that turn white in a flash. The clock below stays readable, and the change stays under the 85 % of blocks from
   * which OpenH264 takes a flash for a cut and spends a key frame on it.
   */
  flashHeight: 544,
} as const

export interface PatternMoment {
  /** Everything above the clock is white: the first two frames of each full second, when the beep sounds. */
  flash: boolean
  /** Left edge of the marker, even. */
  markerX: number
  /** Wall time of day (UTC), `HH:MM:SS.mmm`. */
  clock: string
}

const FLASH_FRAMES = 2
const MARKER_PERIOD_US = 2_000_000

/** The pattern for a frame with this stamp on the program's wall timeline (µs since 1970). */
export function patternAt(timestampUs: number, frameUs: number): PatternMoment {
  const intoSecondUs = timestampUs % 1_000_000
  const travel = (timestampUs % MARKER_PERIOD_US) / MARKER_PERIOD_US
  const ms = Math.floor(timestampUs / 1000)
  const seconds = Math.floor(ms / 1000)
  return {
    // Stamps are rounded to whole µs, so half a frame of slack keeps the count exact at any rate.
    flash: intoSecondUs < (FLASH_FRAMES - 0.5) * frameUs || 1_000_000 - intoSecondUs < 2,
    markerX: Math.floor((travel * (PATTERN.width - PATTERN.markerWidth)) / 2) * 2,
    clock: `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`,
  }
}

const two = (value: number): string => String(value).padStart(2, '0')
