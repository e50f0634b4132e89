import { describe, expect, it } from 'vitest'
import type { OutputStatus } from '@shared/domain/output.ts'
import { durationText } from '../../composables/now.ts'
import { countdownText, failureToShow, heldUntil, lookOf } from './look.ts'

const status = (part: Partial<OutputStatus>): OutputStatus => ({
  destinationId: 'd', state: 'running', changedAtMs: 0, attempt: 1, nextAttemptAtMs: null, failure: { reason: 'connection-lost', evidence: '', atMs: 0 },
  final: false, connects: 1, firstMediaMs: null, gaps: [], ...part,
})

describe('how a destination is shown', () => {
  it('counts down to the next attempt', () => {
    expect(countdownText(11_400, 10_000)).toBe('1.4')
    expect(countdownText(25_100, 10_000)).toBe('16')
    expect(countdownText(9000, 10_000)).toBeNull()
    expect(countdownText(null, 10_000)).toBeNull()
  })

  it('says when the next attempt comes only while the server wants to be left alone', () => {
    const held = status({ state: 'connecting', nextAttemptAtMs: 50_000, failure: { reason: 'server-busy', evidence: '', atMs: 0, notBeforeMs: 49_000 } })
    expect(heldUntil(held, 10_000)).toBe(50_000)
    expect(heldUntil(held, 49_500)).toBeNull()
    expect(heldUntil({ ...held, nextAttemptAtMs: null }, 10_000)).toBeNull()
    expect(heldUntil(status({ nextAttemptAtMs: 50_000 }), 10_000)).toBeNull()
    expect(heldUntil(undefined, 0)).toBeNull()
  })

  it('shows a failure until media flows again', () => {
    expect(failureToShow(status({ state: 'recovering' }))?.reason).toBe('connection-lost')
    expect(failureToShow(status({ state: 'running' }))).toBeNull()
    expect(failureToShow(undefined)).toBeNull()
    expect(lookOf(undefined).tone).toBe('quiet')
    expect(lookOf(status({ state: 'failed' })).tone).toBe('bad')
  })

  it('writes durations as clocks do', () => {
    expect([durationText(0), durationText(65_999), durationText(3_723_000), durationText(-5)]).toEqual(['00:00', '01:05', '1:02:03', '00:00'])
  })
})
