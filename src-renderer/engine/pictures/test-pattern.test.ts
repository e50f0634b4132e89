import { describe, expect, it } from 'vitest'
import { PATTERN, patternAt } from './test-pattern.ts'

describe('the test pattern', () => {
  for (const frameRate of [15, 24, 25, 30, 50, 60]) {
    it(`flashes for exactly two frames at each full second, at ${frameRate} fps`, () => {
      const startIndex = 1_700_000_000 * frameRate
      const flashes: number[] = []
      for (let frame = 0; frame < 3 * frameRate; frame++) {
        const timestampUs = Math.round(((startIndex + frame) * 1_000_000) / frameRate)
        if (patternAt(timestampUs, 1_000_000 / frameRate).flash) flashes.push(frame)
      }
      expect(flashes).toEqual([0, 1, 2].flatMap((second) => [second * frameRate, second * frameRate + 1]))
    })
  }

  it('shows the time of its frame', () => {
    expect(patternAt(Date.UTC(2026, 0, 2, 3, 4, 5, 67) * 1000, 33_333).clock).toBe('03:04:05.067')
    expect(patternAt(Date.UTC(2026, 0, 2, 23, 59, 59, 999) * 1000 + 999, 33_333).clock).toBe('23:59:59.999')
  })

  it('runs its marker over the whole track, on even pixels', () => {
    const places = Array.from({ length: 200 }, (_, index) => patternAt(1_700_000_000_000_000 + index * 10_000, 33_333).markerX)
    expect(Math.min(...places)).toBe(0)
    expect(Math.max(...places)).toBeGreaterThan(PATTERN.width - PATTERN.markerWidth - 20)
    expect(Math.max(...places)).toBeLessThanOrEqual(PATTERN.width - PATTERN.markerWidth)
    expect(places.every((x) => x % 2 === 0)).toBe(true)
  })

  it('keeps the flash under 85 % of the picture', () => {
    expect(PATTERN.flashHeight / PATTERN.height).toBeLessThan(0.85)
    expect(PATTERN.clock.y).toBeGreaterThanOrEqual(PATTERN.flashHeight)
  })
})
