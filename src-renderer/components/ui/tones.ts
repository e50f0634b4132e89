import { FPS_BAD, FPS_WARN, LOST_BAD, LOST_WARN } from '@shared/domain/find-bottlenecks.ts'

/** How a figure is coloured; a colour is never alone. */
export type FigureTone = '' | 'warn' | 'bad'

/** Yellow above 1 % lost frames, red above 5 %. */
export function lostTone(lost: number, all: number): FigureTone {
  const share = all > 0 ? lost / all : 0
  return share > LOST_BAD ? 'bad' : share > LOST_WARN ? 'warn' : ''
}

/** Yellow below 95 % of the wanted frame rate, red below 80 %. */
export function rateTone(fps: number, targetFps: number): FigureTone {
  return fps < targetFps * FPS_BAD ? 'bad' : fps < targetFps * FPS_WARN ? 'warn' : ''
}
