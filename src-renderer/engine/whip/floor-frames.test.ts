import { describe, expect, it } from 'vitest'
import { FloorFrames } from './floor-frames.ts'

const FLOOR = { kbps: 500, frameRate: 60 }

/** What is in force after each reading. */
function after(readings: readonly number[], floor: typeof FLOOR | null = FLOOR): (number | null)[] {
  const frames = new FloorFrames()
  return readings.map((kbps) => {
    frames.look(kbps, floor)
    return frames.mostFps(floor)
  })
}

describe('FloorFrames', () => {
  it('codes fewer pictures below the floor, and all of them again well above it', () => {
    expect(after([2500, 450, 450, 450])).toEqual([null, null, 30, 30])
    expect(after([200, 200, 200])).toEqual([null, 15, 15])
    // A little more than the floor is not enough for the way back, or it would swing.
    expect(after([450, 450, 520, 520, 520, 600, 600])).toEqual([null, 30, 30, 30, 30, 30, null])
  })

  it('does not follow a dip of one reading', () => {
    expect(after([2500, 300, 2500, 300, 2500])).toEqual([null, null, null, null, null])
  })

  it('leaves everything alone where there is no floor', () => {
    expect(after([100, 100, 100], null)).toEqual([null, null, null])
  })

  it('tells when something else is in force, once', () => {
    const frames = new FloorFrames()
    expect([450, 450, 450, 2500, 2500, 2500].map((kbps) => frames.look(kbps, FLOOR))).toEqual([false, true, false, false, true, false])
  })
})
