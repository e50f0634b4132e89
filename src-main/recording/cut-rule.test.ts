import { describe, expect, it } from 'vitest'
import { isTimeToCut, MAX_FILE_BYTES } from './cut-rule.ts'

const small = { durationMs: 0, sizeBytes: 1000, largestStepBytes: 1000 }

describe('the cut between files', () => {
  it('comes at the first place at or behind the time asked for, however far apart places are', () => {
    const cutsAt = (stepMs: number) => Array.from({ length: 400 }, (_, n) => n * stepMs).find((durationMs) => isTimeToCut({ ...small, durationMs }, 1))
    expect(cutsAt(2000)).toBe(60_000)
    expect(cutsAt(8341.666)).toBeCloseTo(66_733, 0)
    expect(isTimeToCut({ ...small, durationMs: 59_999.97 }, 1)).toBe(true)
  })

  it('comes before the file has 2 GB, also when the next step is twice as large as any before', () => {
    const stepBytes = 5_000_000
    let sizeBytes = 0
    while (!isTimeToCut({ durationMs: 0, sizeBytes, largestStepBytes: stepBytes }, 1440)) sizeBytes += stepBytes
    // Had the last step been twice as large, the file would still not have more.
    expect(sizeBytes + stepBytes).toBeLessThan(MAX_FILE_BYTES)
    expect(sizeBytes).toBeGreaterThan(MAX_FILE_BYTES * 0.99)
  })

  it('comes after 24 h at the latest', () => {
    expect(isTimeToCut({ ...small, durationMs: 24 * 3_600_000 - 2000 }, 1440)).toBe(false)
    expect(isTimeToCut({ ...small, durationMs: 24 * 3_600_000 }, 1440)).toBe(true)
  })
})
