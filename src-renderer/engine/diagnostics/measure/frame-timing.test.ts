import { describe, expect, it } from 'vitest'
import { frameTiming } from './frame-timing.ts'

describe('frameTiming', () => {
  it('counts even frames', () => {
    const timing = frameTiming(Array.from({ length: 91 }, (_, at) => 7000 + (at * 1000) / 30))
    expect(timing.fps).toBeCloseTo(30)
    expect(timing.jitterMs).toBeCloseTo(0)
    expect(timing.longestGapMs).toBeCloseTo(33.33, 1)
  })
  it('tells uneven ones, and the longest wait', () => {
    const timing = frameTiming([0, 20, 40, 60, 180, 200])
    expect(timing).toMatchObject({ frames: 6, fps: 25, longestGapMs: 120 })
    expect(timing.jitterMs).toBeCloseTo(40)
  })
  it('knows no rate of a single frame', () => {
    expect(frameTiming([5])).toEqual({ frames: 1, fps: 0, jitterMs: 0, longestGapMs: 0 })
    expect(frameTiming([])).toEqual({ frames: 0, fps: 0, jitterMs: 0, longestGapMs: 0 })
  })
})
