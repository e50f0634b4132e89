import { describe, expect, it } from 'vitest'
import { clampFrameRate, type MergePiece, planMerge } from './merge-plan.ts'

const piece = (path: string, from: number, to: number, part: Partial<MergePiece> = {}): MergePiece => ({
  path, user: 'bWU.', media: 'main', startedAtMs: from * 1000, durationMs: (to - from) * 1000, hasPicture: true, hasSound: true, ...part,
})
const SEGMENTS = { mode: 'segments', gaps: 'fill', sound: 'main' } as const
const MERGE = { mode: 'merge', gaps: 'fill', sound: 'main' } as const

/** A plan in short: name, and per part its length in s with picture and sound as `path@s`. */
const short = (...args: Parameters<typeof planMerge>) =>
  planMerge(...args).map(({ name, parts }) => [name, ...parts.map(({ durationMs, picture, sound }) => `${durationMs / 1000} ${cut(picture)} ${cut(sound)}`)])
const cut = (from: { path: string; fromMs: number } | null) => (from ? `${from.path}@${from.fromMs / 1000}` : '-')

describe('segments', () => {
  it('is one file per run; pieces 15 s apart are one run, more is another', () => {
    const pieces = [piece('a', 10, 20), piece('b', 35, 40), piece('c', 55.1, 60)]
    expect(short(pieces, SEGMENTS)).toEqual([
      ['bWU._10000_av.mp4', '10 a@0 a@0', '15 - -', '5 b@0 b@0'],
      ['bWU._55100_av.mp4', '4.9 c@0 c@0'],
    ])
    expect(short(pieces, { ...SEGMENTS, gaps: 'drop' })[0]).toEqual(['bWU._10000_av.mp4', '10 a@0 a@0', '5 b@0 b@0'])
  })
})

describe('merge', () => {
  it('is one file of all runs, with their gaps or without', () => {
    const pieces = [piece('b', 100, 105), piece('a', 10, 20)]
    expect(short(pieces, MERGE)).toEqual([['bWU._10000_av.mp4', '10 a@0 a@0', '80 - -', '5 b@0 b@0']])
    expect(short(pieces, { ...MERGE, gaps: 'drop' })).toEqual([['bWU._10000_av.mp4', '10 a@0 a@0', '5 b@0 b@0']])
  })

  it('takes pieces that touch within 50 ms as touching', () => {
    expect(short([piece('a', 10, 20), piece('b', 20.03, 30)], MERGE)[0]).toEqual(['bWU._10000_av.mp4', '10 a@0 a@0', '10 b@0 b@0'])
    expect(short([piece('a', 10, 20.04), piece('b', 20, 30)], MERGE)[0]).toEqual(['bWU._10000_av.mp4', '10 a@0 a@0', '10 b@0 b@0'])
  })

  it('puts sound and picture of different files together by their times', () => {
    const pieces = [piece('v', 12, 20, { hasSound: false }), piece('s', 10, 18, { hasPicture: false })]
    expect(short(pieces, MERGE)).toEqual([['bWU._10000_av.mp4', '2 - s@0', '6 v@0 s@2', '2 v@6 -']])
  })

  it('makes one set of files per user, whatever the order', () => {
    const pieces = [piece('z', 5, 6, { user: 'eg..' }), piece('a', 5, 6)]
    expect(short(pieces, MERGE).map(([name]) => name)).toEqual(['bWU._5000_av.mp4', 'eg.._5000_av.mp4'])
  })
})

describe('the sound goes', () => {
  const both = [piece('camera', 0, 10, { hasSound: false }), piece('screen', 0, 10, { media: 'aux', hasSound: false }), piece('voice', 0, 10, { hasPicture: false })]
  const named = (sound: 'main' | 'any' | 'aux', pieces = both) => short(pieces, { ...MERGE, sound })

  it('to the camera, the screen, or to whichever exists', () => {
    expect(named('main')).toEqual([['bWU._0_av.mp4', '10 camera@0 voice@0'], ['bWU._0_aux_av.mp4', '10 screen@0 -']])
    expect(named('aux')).toEqual([['bWU._0_av.mp4', '10 camera@0 -'], ['bWU._0_aux_av.mp4', '10 screen@0 voice@0']])
    expect(named('any')).toEqual(named('main'))
    expect(named('any', both.slice(1))).toEqual([['bWU._0_av.mp4', '10 screen@0 voice@0']])
  })

  it('to a file of its own when the chosen stream has no picture: it is never lost', () => {
    expect(named('main', both.slice(1))).toEqual([['bWU._0_av.mp4', '10 screen@0 -'], ['bWU._0.m4a', '10 - voice@0']])
    expect(named('any', both.slice(2))).toEqual([['bWU._0.m4a', '10 - voice@0']])
  })

  it('from the chosen stream’s own files first, from sound alone before sound with a picture', () => {
    const pieces = [piece('main', 0, 10), piece('aux', 0, 10, { media: 'aux' }), piece('alone', 2, 4, { hasPicture: false })]
    expect(short(pieces, MERGE)[0]).toEqual(['bWU._0_av.mp4', '2 main@0 main@0', '2 main@2 alone@0', '6 main@4 main@4'])
    expect(short(pieces, { ...MERGE, sound: 'aux' })[1]).toEqual(['bWU._0_aux_av.mp4', '10 aux@0 aux@0'])
  })
})

it('frame rates are 5 to 120, and 15 where there is none', () => {
  expect([1, 5, 29.97, 240, NaN, Infinity].map(clampFrameRate)).toEqual([5, 5, 29.97, 120, 15, 15])
})

it('nothing comes of nothing', () => expect(planMerge([], MERGE)).toEqual([]))
