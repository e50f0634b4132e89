/** The times of one HLS output; tests shorten them. */
export interface HlsLimits {
  /** Without a byte being taken while something waits; also how long a file is tried again. */
  stallMs: number
  /** Between two tries of the same file. */
  retryMs: number
  /**
   * Finished segments that may wait, the one under way among them; with more the program waits where it can be dropped by key frames.
   * What was coded before a line became four times thinner in the middle of a segment needs as much room.
   */
  maxWaiting: number
  /** On *End*: for the last segment and the playlist's end. */
  drainMs: number
  reportMs: number
}

export const HLS_LIMITS: HlsLimits = { stallMs: 10_000, retryMs: 500, maxWaiting: 5, drainMs: 3500, reportMs: 500 }
