/** The times of one HLS output; tests shorten them. */
export interface HlsLimits {
  /** Without a byte being taken while something waits; also how long a file is tried again. */
  stallMs: number
  /** Between two tries of the same file. */
  retryMs: number
  /** Finished segments that may wait; with more the program waits where it can be dropped by key frames. */
  maxWaiting: number
  /** On *End*: for the last segment and the playlist's end. */
  drainMs: number
  reportMs: number
}

export const HLS_LIMITS: HlsLimits = { stallMs: 10_000, retryMs: 500, maxWaiting: 2, drainMs: 3500, reportMs: 500 }
