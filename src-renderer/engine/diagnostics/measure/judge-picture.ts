import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { round } from './figures.ts'
import type { FrameTiming } from './frame-timing.ts'

/** Limits of webrtc/testrtc's camera test: a mean grey below this is black, and a third of such frames is a failure. */
export const BLACK_LUMA = 20
const FAIL_SHARE = 1 / 3
const WARN_SHARE = 0.1
/** Our own: a face lit by a desk lamp gives 70 and more, one that viewers do not make out less than this. */
export const DARK_LUMA = 45
/** Fewer frames a second than this are no moving picture (testrtc); below this share of what the camera claims is slow (OBS Studio's statistics warn at 95 %). */
const FAIL_FPS = 5
const WARN_FPS_SHARE = 0.9
/** Frames that come this unevenly, as a share of the time between two, are seen as stutter. */
const WARN_JITTER_SHARE = 0.5
/** A side of two pixels is what broken drivers deliver (testrtc). */
const BROKEN_SIDE_PX = 2

export interface PictureSeen {
  asked: { width: number; height: number }
  got: { width: number; height: number }
  /** Frames a second that the camera claims. */
  claimedFps: number
  timing: FrameTiming
  /** Mean grey (0 to 255) of pictures 100 ms apart, and the share of pixels that changed from each to the next. */
  lumas: readonly number[]
  changes: readonly number[]
}

/** What a camera's picture is worth. Pure. */
export function judgePicture(seen: PictureSeen): FindingOf<'camera.picture'> {
  const { got, timing, lumas, changes } = seen
  const luma = median(lumas)
  const black = share(lumas, (each) => each < BLACK_LUMA)
  const frozen = share(changes, (each) => each === 0)
  const fps = round(timing.fps, 1)
  const jitterMs = round(timing.jitterMs, 1)
  const params = { width: got.width, height: got.height, fps, claimedFps: round(seen.claimedFps, 1), jitterMs, luma: Math.round(luma), askedWidth: seen.asked.width, askedHeight: seen.asked.height }
  const found = (status: 'pass' | 'warn' | 'fail', code: FindingOf<'camera.picture'>['code']): FindingOf<'camera.picture'> => ({
    status, code, params, value: fps, unit: 'fps', threshold: { warn: round(WARN_FPS_SHARE * seen.claimedFps, 1), fail: FAIL_FPS, worse: 'below' },
    samples: lumas.slice(0, 300).map((each) => Math.round(each)),
    ...(status !== 'pass' && { actions: ['choose-device', 'again'] }),
    data: { ...params, blackShare: round(black, 2), frozenShare: round(frozen, 2), frames: timing.frames, longestGapMs: round(timing.longestGapMs, 1) },
  })
  if (timing.frames === 0) return found('fail', 'no-frames')
  if (Math.min(got.width, got.height) <= BROKEN_SIDE_PX) return found('fail', 'broken-size')
  if (black > FAIL_SHARE) return found('fail', 'black')
  if (changes.length > 0 && frozen > FAIL_SHARE) return found('fail', 'frozen')
  if (fps < FAIL_FPS) return found('fail', 'hardly-moving')
  if (black >= WARN_SHARE) return found('warn', 'partly-black')
  if (frozen >= WARN_SHARE) return found('warn', 'partly-frozen')
  if (luma < DARK_LUMA) return found('warn', 'dark')
  if (seen.claimedFps > 0 && timing.fps < WARN_FPS_SHARE * seen.claimedFps) return found('warn', 'slow')
  if (timing.jitterMs > (WARN_JITTER_SHARE * 1000) / timing.fps) return found('warn', 'uneven')
  if (isSmaller(got, seen.asked)) return found('warn', 'smaller')
  return found('pass', 'good')
}

/** A picture on its side is not smaller. */
const isSmaller = (got: { width: number; height: number }, asked: { width: number; height: number }): boolean =>
  Math.max(got.width, got.height) < Math.max(asked.width, asked.height) || Math.min(got.width, got.height) < Math.min(asked.width, asked.height)

const share = (all: readonly number[], which: (each: number) => boolean): number => (all.length > 0 ? all.filter(which).length / all.length : 0)
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[all.length >> 1] ?? 0
