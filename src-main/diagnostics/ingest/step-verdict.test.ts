import { describe, expect, it } from 'vitest'
import { goodputOf, judgeStep, type PushSample, ratesOf } from './step-verdict.ts'

/** What an output tells ten times a second at a rate, `change` made to each. */
function samplesAt(kbps: number, change: (sample: PushSample, index: number) => Partial<PushSample> = () => ({}), seconds = 4): PushSample[] {
  return Array.from({ length: seconds * 10 + 1 }, (_, index) => {
    const bytes = 1_000_000 + (kbps * 125 * index) / 10
    const sample = { atMs: 5000 + index * 100, sentBytes: bytes + 20_000, acknowledgedBytes: bytes, queueMs: 20 + (index % 3) * 5, framesDropped: 2 }
    return { ...sample, ...change(sample, index) }
  })
}

describe('one rate', () => {
  it('holds when as much arrives and nothing waits', () => {
    expect(judgeStep(2500, samplesAt(2500))).toEqual({ targetKbps: 2500, goodputKbps: 2500, queueMs: 30, failed: null })
  })
  it.each([
    ['a twentieth is missing', samplesAt(3780), 'goodput'],
    ['a frame waited for more than a second', samplesAt(4000, (_, index) => (index === 20 ? { queueMs: 1001 } : {})), 'queue'],
    ['it waits longer and longer', samplesAt(4000, (_, index) => ({ queueMs: index * 12 })), 'queue-rising'],
    ['a frame was dropped', samplesAt(4000, (_, index) => ({ framesDropped: index > 30 ? 3 : 2 })), 'dropped'],
    ['the server says nothing and the system takes less', samplesAt(3500, () => ({ acknowledgedBytes: null })), 'goodput'],
    ['nothing was told', [], 'goodput'],
  ] as const)('does not when %s', (_, samples, failed) => {
    expect(judgeStep(4000, samples).failed).toBe(failed)
  })
  it('holds for what only looks like that', () => {
    expect(judgeStep(4000, samplesAt(3820)).failed).toBe(null)
    expect(judgeStep(4000, samplesAt(4000, (_, index) => ({ queueMs: (index % 10) * 24 }))).failed).toBe(null)
    expect(judgeStep(4000, samplesAt(4000, (_, index) => ({ queueMs: 100 + index })))).toMatchObject({ failed: null, queueMs: 140 })
  })
  it('is broken when the line is, whatever arrived before', () => {
    expect(judgeStep(2500, samplesAt(2500), true).failed).toBe('broken')
  })
})

describe('what arrived', () => {
  it('is what the server says, not what the system has swallowed', () => {
    const swallowed = samplesAt(1000, (sample, index) => ({ sentBytes: sample.sentBytes + index * 50_000 }))
    expect(goodputOf(swallowed)).toBeCloseTo(1000)
  })
  it('is what the system has taken where the server speaks too seldom to count by', () => {
    const seldom = samplesAt(4000, (_, index) => ({ acknowledgedBytes: index < 30 ? 500_000 : 3_000_000 }))
    expect(goodputOf(seldom)).toBeCloseTo(4000)
  })
  it('is unknown before there are two words', () => {
    expect(goodputOf(samplesAt(4000).slice(0, 1))).toBe(null)
  })
  it('shows a pause in its course', () => {
    const paused = samplesAt(4000, (sample, index) => (index > 10 && index <= 20 ? { acknowledgedBytes: 1_500_000 } : sample))
    expect(Math.min(...ratesOf(paused))).toBe(0)
    expect(ratesOf(samplesAt(4000)).every((kbps) => Math.abs(kbps - 4000) < 1)).toBe(true)
  })
})
