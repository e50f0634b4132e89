import { type FigureTone, rateTone } from '../ui/tones.ts'

export interface FrameRateFigure {
  text: string
  tone: FigureTone
}

/**
 * How the composed frames per second are shown; `fps` null = not measured yet, `wanted` = the frame rate of the show.
 * Not live and without a source nothing is composed: that is no failure, and no figure either.
 */
export function frameRateFigure(fps: number | null, wanted: number, live: boolean): FrameRateFigure {
  if (fps === null || (fps < 0.05 && !live)) return { text: '–', tone: '' }
  return { text: fps.toFixed(1), tone: rateTone(fps, wanted) }
}
