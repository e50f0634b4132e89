import { describe, expect, it } from 'vitest'
import { lineQualityOf } from './line-quality.ts'

describe('lineQualityOf', () => {
  it.each([
    [{ connected: false, rttMs: 10 }, 6],
    [{ connected: true }, 0],
    [{ connected: true, rttMs: 100, lossRate: 0.1 }, 1],
    [{ connected: true, rttMs: 101 }, 2],
    [{ connected: true, lossRate: 0.11 }, 2],
    [{ connected: true, rttMs: 201, lossRate: 0 }, 3],
    [{ connected: true, rttMs: 20, lossRate: 0.21 }, 3],
    [{ connected: true, rttMs: 351 }, 4],
    [{ connected: true, lossRate: 0.31 }, 4],
    [{ connected: true, rttMs: 501 }, 5],
    [{ connected: true, rttMs: 1, lossRate: 0.51 }, 5],
  ])('%o is %i', (measured, quality) => {
    expect(lineQualityOf(measured)).toBe(quality)
  })
})
