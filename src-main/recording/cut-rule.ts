/** When a file ends and the next begins. */

/** Just below 2 GB (10^9), which is also below what 31 bits count. */
export const MAX_FILE_BYTES = 2_000_000_000
export const MAX_FILE_MS = 24 * 3600 * 1000

export interface FileSoFar {
  durationMs: number
  /** The largest of those that are written side by side. */
  sizeBytes: number
  /** How much the file grew between two places where it could have been cut, at most. */
  largestStepBytes: number
}

/**
 * Asked at each place where a file may be cut (a key frame; any frame of sound where there is no picture). The time asked for is
 * reached at the first place at or behind it, whatever the distance of key frames; the size is never exceeded.
 */
export function isTimeToCut({ durationMs, sizeBytes, largestStepBytes }: FileSoFar, fileMinutes: number): boolean {
  // A place may come a few µs early: half a frame at 60 frames/s is near enough.
  const limitMs = Math.min(fileMinutes * 60_000, MAX_FILE_MS) - 8
  // The next step may be larger than any before it.
  return durationMs >= limitMs || sizeBytes + 2 * largestStepBytes >= MAX_FILE_BYTES
}
