import { expect, it } from 'vitest'
import { ffmpegLookup } from './ffmpeg-lookup.ts'
import type { Ffmpeg } from './find-ffmpeg.ts'

const FOUND: Ffmpeg = { path: 'ffmpeg', version: '7.0', from: 'path' }

it('FFmpeg is looked for at first need, once, for everybody who asks', async () => {
  let asked = 0
  const lookup = ffmpegLookup(() => Promise.resolve(++asked).then(() => FOUND))
  expect(asked).toBe(0)
  expect(await Promise.all([lookup(), lookup()])).toEqual([FOUND, FOUND])
  expect(await lookup()).toBe(FOUND)
  expect(asked).toBe(1)
})

it('one that was missing, or could not be looked for, is looked for again', async () => {
  const answers: (() => Promise<Ffmpeg | null>)[] = [() => Promise.resolve(null), () => Promise.reject(new Error('EMFILE')), () => Promise.resolve(FOUND)]
  const lookup = ffmpegLookup(() => (answers.shift() ?? (() => Promise.resolve(null)))())
  expect(await lookup()).toBeNull()
  expect(await lookup()).toBeNull()
  expect(await lookup()).toBe(FOUND)
  expect(await lookup()).toBe(FOUND)
})
