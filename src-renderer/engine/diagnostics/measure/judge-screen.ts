import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { round } from './figures.ts'
import type { FrameTiming } from './frame-timing.ts'

/** Not one spot of a captured screen is brighter than this (of 255): a dark desktop has letters, a refused capture has nothing. */
const BLACK_SPOT = 12

export interface ScreenSeen {
  width: number
  height: number
  timing: FrameTiming
  /** The brightest spot of all that was looked at, 0 to 255. */
  brightest: number
}

/** Pure. The frame rate is told, not judged: a screen that does not change sends nothing. */
export function judgeScreen({ width, height, timing, brightest }: ScreenSeen): FindingOf<'screen.capture'> {
  const fps = round(timing.fps, 1)
  const params = { width, height, fps }
  const data = { ...params, frames: timing.frames, jitterMs: round(timing.jitterMs, 1), brightest }
  if (timing.frames === 0) return { status: 'warn', code: 'no-frames', params, data, actions: ['again'] }
  if (brightest <= BLACK_SPOT) return { status: 'fail', code: 'black', params, data, actions: ['again'] }
  return { status: 'pass', code: 'good', params, value: fps, unit: 'fps', data }
}
