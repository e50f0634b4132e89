import { beforeEach, describe, expect, it } from 'vitest'
import type { BroadcastFigures, BroadcastStatus } from '@shared/contracts/broadcast.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'
import { runUnattended } from './unattended.ts'

const missing: SourceStatus[] = []
beforeEach(() => void missing.splice(0))

function studio() {
  const clock = new FakeClock()
  const calls: [string, number][] = []
  const startMs = clock.now()
  const figures = new Topic({ program: null } as BroadcastFigures)
  const sources = new Topic<SourceStatus[]>([])
  const status = new Topic({ outputs: [] } as unknown as BroadcastStatus)
  const session = {
    figures, sources, status,
    goLive: async () => void calls.push(['live', clock.now() - startMs]),
    end: async () => void calls.push(['end', clock.now() - startMs]),
  }
  const compose = () => figures.set({ program: { framesComposed: 5 } } as BroadcastFigures)
  const source = (condition: string) => sources.set([{ condition, width: condition === 'active' ? 640 : 0 } as SourceStatus])
  return { clock, calls, session, compose, source, status }
}

describe('runUnattended', () => {
  it('goes live as soon as every source has come up, and ends when its time is over', async () => {
    const { clock, calls, session, compose, source } = studio()
    const run = runUnattended({ session, clock, logger: silentLogger, forMs: 20_000, expectsPicture: true, onMissing: (list) => missing.push(...list) }, new AbortController().signal)
    compose()
    source('starting')
    await clock.advance(800)
    expect(calls).toEqual([])
    source('active')
    await clock.advance(30_000)
    await run
    expect(calls).toEqual([['live', 800], ['end', 20_800]])
    expect(missing).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('goes on with a show that somebody else has begun meanwhile', async () => {
    const { clock, calls, session, compose, source, status } = studio()
    const run = runUnattended({ session, clock, logger: silentLogger, forMs: 1000, expectsPicture: true, onMissing: (list) => missing.push(...list) }, new AbortController().signal)
    status.set({ ...status.value, live: true })
    compose()
    source('active')
    await clock.advance(20_000)
    await run
    expect(calls).toEqual([['end', 1000]])
  })

  it('goes live after 15 s even when a source never comes up', async () => {
    const { clock, calls, session, compose, source } = studio()
    const run = runUnattended({ session, clock, logger: silentLogger, forMs: 1000, expectsPicture: true, onMissing: (list) => missing.push(...list) }, new AbortController().signal)
    compose()
    source('starting')
    await clock.advance(20_000)
    await run
    expect(calls).toEqual([['live', 15_000], ['end', 16_000]])
    expect(missing).toMatchObject([{ condition: 'starting' }])
  })

  it('records too, or only, and goes on recording when every destination has failed', async () => {
    for (const only of [true, false]) {
      const { clock, calls, session, compose, source, status } = studio()
      const recording = {
        status: new Topic<{ state: 'idle' | 'recording' }>({ state: 'idle' }), only,
        start: async () => (calls.push(['record', clock.now()]), recording.status.set({ state: 'recording' })),
        stop: async () => (calls.push(['stop', clock.now()]), recording.status.set({ state: 'idle' })),
      }
      const run = runUnattended({ session, recording, clock, logger: silentLogger, forMs: 20_000, expectsPicture: false, onMissing: () => {} }, new AbortController().signal)
      compose()
      source('active')
      await clock.advance(1000)
      status.set({ outputs: [{ final: true } as OutputStatus] } as BroadcastStatus)
      await clock.advance(10_000)
      expect(calls.map(([what]) => what)).toEqual(only ? ['record'] : ['record', 'live'])
      await clock.advance(10_000)
      await run
      expect(calls.map(([what]) => what)).toEqual(only ? ['record', 'end', 'stop'] : ['record', 'live', 'end', 'stop'])
    }
  })

  it('is over when it was only recorded and the recording has ended', async () => {
    const { clock, session, compose, source, calls } = studio()
    const recording = { status: new Topic<{ state: 'idle' | 'recording' }>({ state: 'idle' }), only: true, start: async () => recording.status.set({ state: 'recording' }), stop: async () => {} }
    const run = runUnattended({ session, recording, clock, logger: silentLogger, forMs: null, expectsPicture: false, onMissing: () => {} }, new AbortController().signal)
    compose()
    source('active')
    await clock.advance(1000)
    recording.status.set({ state: 'idle' })
    await run
    expect(calls.map(([what]) => what)).toEqual(['end'])
  })

  it('ends at once when it is stopped, and early when every destination has failed for good', async () => {
    const stopped = studio()
    const stop = new AbortController()
    const run = runUnattended({ ...stopped, logger: silentLogger, forMs: null, expectsPicture: false, onMissing: () => {} }, stop.signal)
    stopped.compose()
    await stopped.clock.advance(5000)
    stop.abort()
    await run
    expect(stopped.calls.map(([what]) => what)).toEqual(['live', 'end'])

    const refused = studio()
    const short = runUnattended({ ...refused, logger: silentLogger, forMs: 60_000, expectsPicture: false, onMissing: () => {} }, new AbortController().signal)
    refused.compose()
    await refused.clock.advance(1000)
    refused.status.set({ outputs: [{ final: true } as OutputStatus] } as BroadcastStatus)
    await short
    expect(refused.calls).toEqual([['live', 0], ['end', 1000]])
  })
})
