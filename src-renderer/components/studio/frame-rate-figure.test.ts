import { expect, it } from 'vitest'
import { frameRateFigure } from './frame-rate-figure.ts'

it.each([
  ['nothing measured yet', null, false, '–', ''],
  ['nothing composed, for there is no source', 0, false, '–', ''],
  ['nothing composed while live', 0, true, '0.0', 'bad'],
  ['far too slow, also before going live', 20, false, '20.0', 'bad'],
  ['a little slow', 28, true, '28.0', 'warn'],
  ['as wanted', 29.97, true, '30.0', ''],
] as const)('%s', (_what, fps, live, text, tone) => {
  expect(frameRateFigure(fps, 30, live)).toEqual({ text, tone })
})
