import { describe, expect, it } from 'vitest'
import type { BroadcastStatus } from '@shared/contracts/broadcast.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'
import { heldKeys } from './held-keys.ts'
import { SafeStart, type SafeStartParts } from './safe-start.ts'
import type { SentinelRecord } from './sentinel.ts'

const OFF: BroadcastStatus = { live: false, liveSinceMs: null, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs: [] }
const CUT_OFF: SentinelRecord = { version: '1.0', pid: 1, startedAtMs: 100, settled: true, earlyEnds: 0, live: { sinceMs: 200, destinationIds: ['a', 'gone'] }, recordingSinceMs: 300 }

function rig(before: SentinelRecord | 'unknown' | null, more: Partial<SafeStartParts> & { earlyEnds?: number } = {}) {
  const done: string[] = []
  const kept: Parameters<NonNullable<SafeStartParts['sentinel']>['update']>[0][] = []
  const status = new Topic(OFF)
  const recording = new Topic<{ state: 'idle' | 'recording' }>({ state: 'idle' })
  const list = new Topic([{ id: 'a', name: 'Home', enabled: false }, { id: 'b', name: 'Away', enabled: true }])
  const studio = new SafeStart({
    sentinel: { before, earlyEnds: more.earlyEnds ?? 0, update: (change) => void kept.push(change) },
    asks: true, safe: false, status, recording,
    destinations: { list, setEnabled: async ({ destinationId, enabled }) => void done.push(`${destinationId} ${enabled}`) },
    goLive: async () => void done.push('live'), startRecording: async () => void done.push('recording'), clock: new FakeClock(), log: silentLogger,
    ...more,
  })
  const answer = async (how: 'go-on' | 'safe' | 'open') => studio.handlers.answer({ how })
  return { studio, done, kept, status, recording, answer, state: () => studio.state.value }
}

describe('after an unclean end', () => {
  it('the user is asked, with what was going on, and nothing happens before the answer', () => {
    const { state, done } = rig(CUT_OFF)
    expect(state()).toEqual({ safe: false, suggestSafe: false, uncleanEnd: { version: '1.0', startedAtMs: 100, liveSinceMs: 200, recordingSinceMs: 300, destinations: [{ id: 'a', name: 'Home' }] } })
    expect(done).toEqual([])
  })

  it('the show goes on to exactly the destinations that were on, and is recorded again', async () => {
    const { state, done, answer } = rig(CUT_OFF)
    await answer('go-on')
    expect(done.sort()).toEqual(['a true', 'b false', 'live', 'recording'])
    expect(state().uncleanEnd).toBeNull()
    await expect(answer('go-on')).rejects.toMatchObject({ reason: 'not-found' })
  })

  it('what fails when it is to go on is said, and does not keep the other from it', async () => {
    const failing = rig(CUT_OFF, { goLive: () => Promise.reject(new StudioError('no-destination')) })
    await expect(failing.answer('go-on')).rejects.toMatchObject({ reason: 'no-destination' })
    expect(failing.done).toContain('recording')
    const diskFull = rig(CUT_OFF, { startRecording: () => Promise.reject(new StudioError('disk-full')) })
    await expect(diskFull.answer('go-on')).rejects.toMatchObject({ reason: 'disk-full' })
    expect(diskFull.done).toContain('live')
  })

  it('the other answers start safely or as always, and start nothing', async () => {
    const safe = rig(CUT_OFF)
    await safe.answer('safe')
    expect(safe.state()).toMatchObject({ safe: true, uncleanEnd: null })
    await safe.studio.handlers.startSources({})
    expect(safe.state().safe).toBe(false)
    const open = rig('unknown')
    expect(open.state().uncleanEnd).toMatchObject({ startedAtMs: null, destinations: [] })
    await open.answer('open')
    expect(open.state()).toMatchObject({ safe: false, uncleanEnd: null })
    expect([...safe.done, ...open.done]).toEqual([])
  })

  it('twice in a row soon after the start, everything risky waits for the answer', async () => {
    expect(rig({ ...CUT_OFF, settled: false }, { earlyEnds: 1 }).state()).toMatchObject({ safe: false, suggestSafe: false })
    const { state, answer } = rig({ ...CUT_OFF, settled: false, earlyEnds: 1 }, { earlyEnds: 2 })
    expect(state()).toMatchObject({ safe: true, suggestSafe: true })
    await answer('open')
    expect(state().safe).toBe(false)
  })

  it('nobody is asked where nobody is there, or once a show is on', () => {
    expect(rig(CUT_OFF, { asks: false, earlyEnds: 5 }).state()).toEqual({ safe: false, suggestSafe: false, uncleanEnd: null })
    const { state, status } = rig(CUT_OFF)
    status.set({ ...OFF, live: true, liveSinceMs: 1 })
    expect(state().uncleanEnd).toBeNull()
  })

  it('a clean one leaves nothing to ask; safe it is when that was wanted', () => {
    expect(rig(null).state()).toEqual({ safe: false, suggestSafe: false, uncleanEnd: null })
    expect(rig(null, { safe: true }).state()).toEqual({ safe: true, suggestSafe: false, uncleanEnd: null })
  })
})

describe('while it is open', () => {
  it('the studio keeps for the next one since when it is live and recorded, and to where', () => {
    const { kept, status, recording } = rig(null)
    kept.length = 0
    status.set({ ...OFF, live: true, liveSinceMs: 9, outputs: [{ destinationId: 'a' } as BroadcastStatus['outputs'][number]] })
    recording.set({ state: 'recording' })
    recording.set({ state: 'idle' })
    status.set(OFF)
    expect(kept).toEqual([{ live: { sinceMs: 9, destinationIds: ['a'] } }, { recordingSinceMs: 1_700_000_000_000 }, { recordingSinceMs: null }, { live: null }])
  })

  it('global keys are given back during a safe start and taken after it', () => {
    const state = new Topic({ safe: true })
    let taken: readonly string[] = []
    const keys = heldKeys({ set: (combinations) => (taken = combinations) }, state)
    void keys.handlers.setGlobal({ combinations: ['Ctrl+KeyM'] })
    expect(taken).toEqual([])
    state.set({ safe: false })
    expect(taken).toEqual(['Ctrl+KeyM'])
    state.set({ safe: true })
    expect(taken).toEqual([])
  })
})
