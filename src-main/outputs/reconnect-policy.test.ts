import { describe, expect, it } from 'vitest'
import { REASONS, type Reason, reasons } from '@shared/domain/errors.ts'
import type { RetryQuestion } from '../base/keep-alive.ts'
import { nextDelayMs } from './reconnect-policy.ts'

const question = (changes: Partial<RetryQuestion>): RetryQuestion => ({ attempt: 1, downForMs: 0, reason: 'connection-lost', everLive: true, healthyForMs: 0, ...changes })
const answer = (changes: Partial<RetryQuestion>, chance = 0.5) => nextDelayMs(question(changes), () => chance)
const ask = (changes: Partial<RetryQuestion>, chance = 0.5) => answer(changes, chance)?.delayMs ?? null
const chances = [0, 0.25, 0.5, 0.999]

describe('when an output is tried again', () => {
  it('first after 0.3 to 0.7 s', () => {
    expect(ask({}, 0)).toBe(300)
    expect(ask({}, 1)).toBe(700)
  })

  it.each([2, 3, 4, 10, 400])('at most 2 s apart for ten minutes (attempt %i)', (attempt) => {
    const delays = chances.map((chance) => ask({ attempt, downForMs: 600_000 }, chance) ?? Number.NaN)
    for (const delayMs of delays) {
      expect(delayMs).toBeGreaterThan(300)
      expect(delayMs).toBeLessThanOrEqual(2000)
    }
    expect(new Set(delays).size).toBe(chances.length)
  })

  it('at most 5 s apart after that', () => {
    for (const chance of chances) {
      expect(ask({ attempt: 400, downForMs: 600_001 }, chance)).toBeGreaterThan(3700)
      expect(ask({ attempt: 400, downForMs: 600_001 }, chance)).toBeLessThanOrEqual(5000)
    }
  })

  it.each(reasons)('%s only as the list of reasons says', (reason: Reason) => {
    const { retry } = REASONS[reason]
    expect(ask({ reason, everLive: false }) !== null).toBe(retry === 'yes' || retry === 'twice')
    expect(ask({ reason, everLive: false, attempt: 3 }) !== null).toBe(retry === 'yes')
    expect(ask({ reason, everLive: true }) !== null).toBe(retry !== 'no')
  })

  it('believes a refusal once no old session can hold the place any more', () => {
    expect(ask({ reason: 'key-rejected', downForMs: 179_000, attempt: 90 })).not.toBeNull()
    expect(ask({ reason: 'key-rejected', downForMs: 181_000, attempt: 90 })).toBeNull()
    expect(ask({ reason: 'connection-refused', downForMs: 181_000, attempt: 90 })).not.toBeNull()
  })

  it('lets a code of the service go before the reason', () => {
    expect(ask({ reason: 'server-error', serviceCode: '40000301' })).toBeNull()
    expect(ask({ reason: 'server-error', serviceCode: '40000301', everLive: false })).toBeNull()
    expect(ask({ reason: 'too-soon', serviceCode: '40000500', everLive: false })).toBe(3000)
    expect(answer({ reason: 'publish-timeout', serviceCode: '6012', attempt: 7 })).toEqual({ delayMs: 30_000, atLeastMs: 30_000 })
    expect(answer({ reason: 'publish-timeout', attempt: 7 })?.atLeastMs).toBe(0)
    expect(ask({ reason: 'connect-timeout', serviceCode: '40000208', attempt: 7 })).toBe(ask({ reason: 'connect-timeout', attempt: 7 }))
    // The push is running already: perhaps an old session of ours.
    expect(ask({ reason: 'already-publishing', serviceCode: '40000415', everLive: false })).toBeNull()
    expect(ask({ reason: 'already-publishing', serviceCode: '40000415', everLive: true })).not.toBeNull()
    expect(ask({ reason: 'key-rejected', serviceCode: 'of another service', everLive: true })).not.toBeNull()
  })
})
