import { describe, expect, it } from 'vitest'
import type { CheckState, Finding } from '@shared/domain/diagnostics.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { CHECKS_EN } from '@shared/texts/checks/checks.en.ts'
import { answerOf, GUIDE, ownChecks, standingOf, stepStanding, toMend, verdictOf, worstOf } from './guide.ts'
import { wantedUpKbps } from '@shared/domain/wanted-line.ts'

const state = (name: string, status: CheckState['status'], finding: Finding | null = null): CheckState => ({ name, group: 'camera', status, progress: 1, finding, startedAtMs: null, durationMs: null })

describe('the guide', () => {
  it('asks only for checks that have texts', () => {
    // The rising bitrate is another part's, and is left out where it is not.
    const named = GUIDE.flatMap(({ checks, extras }) => [...checks, ...extras]).filter((name) => name !== 'ingest.push')
    expect(named.filter((name) => !(name in CHECKS_EN))).toEqual([])
  })

  it('ends with the verdict, and every step before it has something to run', () => {
    expect(GUIDE.at(-1)?.id).toBe('verdict')
    expect(GUIDE.slice(0, -1).filter(({ checks }) => checks.length === 0)).toEqual([])
  })

  it('does not take the network for tried because the first step looked a name up', () => {
    const network = GUIDE.find(({ id }) => id === 'network')!
    expect(ownChecks(network)).not.toContain('network.dns')
    expect(ownChecks(network).length).toBe(network.checks.length - 1)
    expect(ownChecks(GUIDE[0]!)).toEqual(GUIDE[0]!.checks)
  })

  it('does not call a network good whose line nobody measured', () => {
    const network = GUIDE.find(({ id }) => id === 'network')!
    const router = state('network.gateway', 'pass')
    expect(stepStanding(network, [router, state('network.line', 'skipped')], () => false)).toBe('skipped')
    expect(stepStanding(network, [router, state('network.line', 'pass')], () => false)).toBe('pass')
    expect(stepStanding(network, [router, state('network.line', 'skipped'), state('ingest.push', 'warn')], () => false)).toBe('warn')
    expect(stepStanding(GUIDE[0]!, [router], () => false)).toBe('pass')
  })

  it('takes a chime that was played for a question, and one that was answered for none', () => {
    expect(standingOf(state('speaker.tone', 'skipped', { status: 'skipped', code: 'played' }), false)).toBe('question')
    expect(standingOf(state('speaker.tone', 'skipped', { status: 'skipped', code: 'blocked' }), false)).toBe('skipped')
    expect(standingOf(state('speaker.tone', 'fail', answerOf(false)), false)).toBe('fail')
  })

  it('shows what waits in a run as waiting, and what nobody has asked for as untried', () => {
    expect(standingOf(state('camera.picture', 'pending'), true)).toBe('waiting')
    expect(standingOf(state('camera.picture', 'pending'), false)).toBe('untried')
  })

  it('is as good as its worst check', () => {
    expect(worstOf(['pass', 'warn', 'untried'])).toBe('warn')
    expect(worstOf(['pass', 'question', 'fail'])).toBe('fail')
    expect(worstOf(['fail', 'running'])).toBe('running')
    expect(worstOf([])).toBe('untried')
  })
})

describe('the verdict', () => {
  it('names what is wrong first, then what could not be looked at, then remarks', () => {
    const states = [state('a', 'warn'), state('b', 'pass'), state('c', 'error'), state('d', 'fail')]
    expect(toMend(states).map(({ name }) => name)).toEqual(['d', 'c', 'a'])
    expect(verdictOf(states, 3)).toBe('problems')
  })

  it('is good only when every step was tried', () => {
    expect(verdictOf([state('a', 'pass'), state('b', 'pending')], 0)).toBe('good')
    expect(verdictOf([state('a', 'pass')], 2)).toBe('incomplete')
    expect(verdictOf([state('a', 'pass'), state('b', 'warn')], 0)).toBe('remarks')
    expect(verdictOf([state('a', 'pending')], 7)).toBe('untried')
  })
})

it('counts what all destinations take together, and a rehearsal for nothing', () => {
  const to = (kind: 'rtmp' | 'rehearsal') => newDestination({ id: kind, name: '', kind, address: '', enabled: true })
  expect(wantedUpKbps(DEFAULT_ENCODING, [to('rtmp'), to('rtmp'), to('rehearsal')])).toBe(2 * (2500 + 128))
  expect(wantedUpKbps(DEFAULT_ENCODING, [to('rehearsal')])).toBe(0)
})
