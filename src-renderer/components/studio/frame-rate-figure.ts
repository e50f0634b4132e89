/** Shares of the wanted frame rate at which the figure turns yellow and red; OBS' own, so that figures compare. */
const RATE_WARN = 0.95
const RATE_BAD = 0.8

export interface FrameRateFigure {
  text: string
  tone: '' | 'warn' | 'bad'
}

/**
 * How the composed frames per second are shown; `fps` null = not measured yet, `wanted` = the frame rate of the show.
 * Not live and without a source nothing is composed: that is no failure, and no figure either.
 */
export function frameRateFigure(fps: number | null, wanted: number, live: boolean): FrameRateFigure {
  if (fps === null || (fps < 0.05 && !live)) return { text: '–', tone: '' }
  const share = fps / wanted
  return { text: fps.toFixed(1), tone: share < RATE_BAD ? 'bad' : share < RATE_WARN ? 'warn' : '' }
}
