export interface FrameTiming {
  frames: number
  /** Frames per second between the first and the last; 0 for less than two. */
  fps: number
  /** Standard deviation of the time between two frames, ms. */
  jitterMs: number
  longestGapMs: number
}

/** How evenly frames come, from the times at which they were taken (ms, any origin, rising). */
export function frameTiming(stampsMs: readonly number[]): FrameTiming {
  const frames = stampsMs.length
  const spanMs = frames > 1 ? stampsMs.at(-1)! - stampsMs[0]! : 0
  if (spanMs <= 0) return { frames, fps: 0, jitterMs: 0, longestGapMs: 0 }
  const meanMs = spanMs / (frames - 1)
  let squares = 0
  let longestGapMs = 0
  for (let at = 1; at < frames; at++) {
    const gapMs = stampsMs[at]! - stampsMs[at - 1]!
    squares += (gapMs - meanMs) ** 2
    longestGapMs = Math.max(longestGapMs, gapMs)
  }
  return { frames, fps: 1000 / meanMs, jitterMs: Math.sqrt(squares / (frames - 1)), longestGapMs }
}
