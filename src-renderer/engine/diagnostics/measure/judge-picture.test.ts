import { describe, expect, it } from 'vitest'
import { frameTiming } from './frame-timing.ts'
import { judgePicture, type PictureSeen } from './judge-picture.ts'
import { changedShare, lumaOf, meanLuma } from './luma.ts'

const frames = (fps: number, seconds = 3) => frameTiming(Array.from({ length: fps * seconds + 1 }, (_, at) => (at * 1000) / fps))
const good: PictureSeen = {
  asked: { width: 1280, height: 720 }, got: { width: 1280, height: 720 }, claimedFps: 30, timing: frames(30),
  lumas: Array.from({ length: 30 }, () => 110), changes: Array.from({ length: 29 }, () => 0.4),
}
/** Of 30 pictures the first so many are different. */
const some = (count: number, value: number, rest: number, of = 30) => Array.from({ length: of }, (_, at) => (at < count ? value : rest))
const judged = (changes: Partial<PictureSeen>) => {
  const { status, code } = judgePicture({ ...good, ...changes })
  return `${status} ${code}`
}

describe('judgePicture', () => {
  it('lets a good picture pass', () => {
    expect(judgePicture(good)).toMatchObject({ status: 'pass', code: 'good', value: 30, params: { width: 1280, height: 720, fps: 30, jitterMs: 0, luma: 110 } })
  })
  it.each<[string, Partial<PictureSeen>, Partial<PictureSeen>]>([
    // What it finds, what provokes it, what is just not enough to provoke it.
    ['fail no-frames', { timing: frameTiming([]) }, {}],
    ['fail broken-size', { got: { width: 1280, height: 2 } }, {}],
    ['fail black', { lumas: some(11, 5, 110) }, { lumas: some(2, 5, 110) }],
    ['warn partly-black', { lumas: some(4, 5, 110) }, { lumas: some(2, 5, 110) }],
    ['fail frozen', { changes: some(10, 0, 0.3, 29) }, { changes: some(2, 0, 0.3, 29) }],
    ['warn partly-frozen', { changes: some(4, 0, 0.3, 29) }, { changes: some(2, 0, 0.3, 29) }],
    ['warn dark', { lumas: some(30, 40, 0) }, { lumas: some(30, 50, 0) }],
    ['fail hardly-moving', { timing: frames(4), claimedFps: 4 }, { timing: frames(6), claimedFps: 6 }],
    ['warn slow', { timing: frames(15) }, { timing: frames(28) }],
    ['warn uneven', { timing: { ...frames(30), jitterMs: 20 } }, { timing: { ...frames(30), jitterMs: 10 } }],
    ['warn smaller', { got: { width: 640, height: 480 } }, { got: { width: 720, height: 1280 } }],
  ])('says %s, and not for less', (verdict, provoking, harmless) => {
    expect(judged(provoking)).toBe(verdict)
    expect(judged(harmless)).toBe('pass good')
  })
})

describe('luma', () => {
  it('weighs colours as eyes do, and counts pixels that changed by more than rounding', () => {
    const grey = lumaOf(new Uint8ClampedArray([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 255]))
    expect([...grey]).toEqual([54, 182, 18, 255])
    expect(meanLuma(grey)).toBeCloseTo(127.25)
    expect(changedShare(grey, Uint8Array.from([55, 181, 18, 255]))).toBe(0)
    expect(changedShare(grey, Uint8Array.from([57, 182, 18, 255]))).toBe(0.25)
  })
})
