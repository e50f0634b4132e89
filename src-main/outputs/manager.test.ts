import { describe, expect, it } from 'vitest'
import { newDestination, type Destination } from '@shared/domain/destination.ts'
import type { OutputState } from '@shared/domain/output.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Secret } from '../base/secret.ts'
import { fakeHeaders, fakeProgram } from '../bus/fake-program.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { FakeOutput, type FakeRun } from './fake-output.ts'
import { OutputManager, type OutputTarget } from './manager.ts'
import { OutputRunner } from './runner.ts'

const to = (id: string, changes: Partial<Destination> = {}, key = ''): OutputTarget => ({
  destination: newDestination({ id, name: `Name of ${id}`, kind: 'rtmp', address: `rtmp://${id}.example/live`, enabled: true, ...changes }),
  key: new Secret(key),
  passphrase: new Secret(''),
})

function setUp(answer: (run: FakeRun, target: OutputTarget) => void = (run) => run.connect(), drainMs = 0) {
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const runs: { target: OutputTarget; run: FakeRun }[] = []
  const stopped: string[] = []
  const manager = new OutputManager({
    open: (target, run) => {
      const output = new FakeOutput((fake) => {
        runs.push({ target, run: fake })
        answer(fake, target)
      }, drainMs)
      return output.open(run)
    },
    sameTarget: (a, b) => a.destination.address === b.destination.address && a.key.reveal() === b.key.reveal(),
    createRunner: (destinationId) =>
      new OutputRunner({
        destinationId, clock, logger: silentLogger,
        subscribe: () => bus.subscribe({ start: 'cached-group' }),
        settings: () => ({ failAfterMs: 60_000, failedIsFinal: false }),
      }),
    onStopped: async ({ destination }) => void stopped.push(destination.id),
    clock,
  })
  const states = () => Object.fromEntries(manager.statuses.value.map((each) => [each.destinationId, each.state]))
  const ran = () => runs.map(({ target }) => `${target.destination.id} ${target.destination.address} ${target.key.reveal()}`.trim())
  return { clock, bus, manager, runs, stopped, states, ran, begin: (list: OutputTarget[]) => manager.begin(list, clock.monotonicMs()) }
}

const all = (state: OutputState, ...ids: string[]) => Object.fromEntries(ids.map((id) => [id, state]))

describe('OutputManager', () => {
  it('runs every enabled destination at once, with its key', async () => {
    const { begin, ran, states, manager } = setUp()
    await begin([to('a', {}, 'secret-a'), to('b'), to('c', { enabled: false })])
    expect(ran()).toEqual(['a rtmp://a.example/live secret-a', 'b rtmp://b.example/live'])
    expect(states()).toEqual(all('running', 'a', 'b'))
    await manager.end()
    expect(states()).toEqual(all('idle', 'a', 'b'))
  })

  it('leaves a connection alone whose key was fetched for the next one, but not one whose key was typed', async () => {
    const { begin, manager, ran, runs } = setUp()
    await begin([to('a', {}, 'k1')])
    await manager.update([{ ...to('a', {}, 'k2'), renewed: true }])
    expect(ran()).toHaveLength(1)
    await manager.update([{ ...to('a', { name: 'Another' }, 'k2') }])
    expect([ran().length, runs[0]?.run.over]).toEqual([1, false])
    await manager.update([to('a', {}, 'k3')])
    expect(ran().at(-1)).toBe('a rtmp://a.example/live k3')
    await manager.end()
  })

  it('tells of each destination that was stopped, also of one that was only waiting to try again', async () => {
    const { begin, manager, stopped, clock } = setUp((run, { destination: { id } }) => (id === 'away' ? run.fail('connection-refused') : run.connect()))
    await begin([to('away'), to('there'), to('off', { enabled: false })])
    await clock.advance(1000)
    await manager.update([to('away')])
    expect(stopped).toEqual(['there'])
    await manager.end()
    await manager.end()
    expect(stopped).toEqual(['there', 'away'])
  })

  it('starts nothing before the show, nor after it', async () => {
    const { manager, runs, begin } = setUp()
    await manager.update([to('a')])
    expect(runs).toHaveLength(0)
    await begin([to('a')])
    await manager.end()
    await manager.update([to('a'), to('b')])
    expect(runs).toHaveLength(1)
  })

  it('lets one failing destination touch no other one', async () => {
    const { begin, clock, states, runs, manager } = setUp((run, { destination: { id } }) => (id === 'bad' ? run.fail('key-rejected') : run.connect()))
    await begin([to('bad'), to('good')])
    await clock.advance(600_000)
    expect(states()).toEqual({ bad: 'failed', good: 'running' })
    expect(runs).toHaveLength(2)
    expect(manager.statuses.value[1]).toMatchObject({ connects: 1, gaps: [] })
  })

  it('loses nothing for the others while one is stalled', async () => {
    const { begin, bus, runs, clock } = setUp()
    bus.publishHeaders(fakeHeaders())
    await begin([to('stalled'), to('good'), to('slow')])
    const [stalled, good, slow] = runs.map(({ run }) => run.run.feed)
    if (!stalled || !good || !slow) throw new Error('three were started')
    for (const feed of [stalled, good, slow]) feed.tryNext()
    let sent = 0
    let got = 0
    for (const packet of fakeProgram(0, 60_000)) {
      bus.publish(packet)
      sent++
      while (good.tryNext()) got++
      if (packet.kind === 'video') {
        slow.tryNext()
        await clock.advance(1000 / 30)
      }
      expect(stalled.queuedMs).toBeLessThanOrEqual(2000)
      expect(slow.queuedMs).toBeLessThanOrEqual(2000)
    }
    expect(got).toBe(sent)
    expect(good.framesDropped).toBe(0)
    expect(stalled.framesDropped).toBeGreaterThan(1700)
    expect(slow.framesDropped).toBeGreaterThan(100)
  })

  it('adds, changes, disables and removes while live, leaving the rest alone', async () => {
    const { begin, manager, states, ran, runs } = setUp()
    await begin([to('a'), to('b')])
    await manager.update([to('a'), to('b'), to('c')])
    expect(states()).toEqual(all('running', 'a', 'b', 'c'))
    await manager.update([to('a'), to('b', { address: 'rtmp://other.example/live' }), to('c', { enabled: false })])
    expect(states()).toEqual({ a: 'running', b: 'running', c: 'idle' })
    await manager.update([to('b', { address: 'rtmp://other.example/live' })])
    expect(states()).toEqual({ b: 'running' })
    expect(ran().filter((each) => each.startsWith('a'))).toHaveLength(1)
    expect(ran().at(-1)).toBe('b rtmp://other.example/live')
    expect(runs.filter(({ run }) => run.over)).toHaveLength(3)
    expect(manager.statuses.value[0]).toMatchObject({ connects: 2 })
  })

  it('reconnects for a new key, but not for a new name', async () => {
    const { begin, manager, ran } = setUp()
    await begin([to('a')])
    await manager.update([to('a', { name: 'Another name' })])
    expect(ran()).toHaveLength(1)
    await manager.update([to('a', { name: 'Another name' }, 'new')])
    expect(ran().at(-1)).toBe('a rtmp://a.example/live new')
    expect(ran()).toHaveLength(2)
  })

  it('makes one change after the other, however quickly they come', async () => {
    const { begin, manager, states, runs } = setUp()
    const changes = [begin([to('a')]), manager.update([to('a'), to('b')]), manager.update([to('b')]), manager.update([to('a'), to('b')])]
    await Promise.all(changes)
    expect(states()).toEqual(all('running', 'a', 'b'))
    expect(runs.filter(({ run }) => !run.over)).toHaveLength(2)
  })

  it('refuses a second destination with the same address and key, until the first is gone', async () => {
    const { begin, manager, clock, states } = setUp()
    const same = { address: 'rtmp://same.example/live' }
    await begin([to('a', same), to('b', same)])
    await clock.advance(1000)
    expect(states()).toEqual({ a: 'running', b: 'failed' })
    expect(manager.statuses.value[1]).toMatchObject({ final: true, failure: { reason: 'address-duplicate' } })
    await manager.update([to('b', same), to('a', same)])
    expect(states()).toEqual({ a: 'running', b: 'failed' })
    await manager.update([to('b', same)])
    expect(states()).toEqual({ b: 'running' })
  })

  it('lets two keys at one address run side by side', async () => {
    const { begin, states } = setUp()
    const same = { address: 'rtmp://same.example/live' }
    await begin([to('a', same, 'one'), to('b', same, 'two')])
    expect(states()).toEqual(all('running', 'a', 'b'))
  })

  it('wakes all that wait, and retries one on the user’s word', async () => {
    const { begin, manager, clock, runs } = setUp((run) => run.fail('name-not-resolved'))
    await begin([to('a'), to('b')])
    await clock.advance(30_000)
    const before = runs.length
    manager.wake()
    await clock.advance(0)
    expect(runs).toHaveLength(before + 2)
    manager.retryNow('a')
    await clock.advance(0)
    expect(runs).toHaveLength(before + 3)
    expect(() => manager.retryNow('nobody')).toThrow(expect.objectContaining({ reason: 'not-found' }))
    await manager.end()
    expect(() => manager.retryNow('a')).toThrow(expect.objectContaining({ reason: 'not-found' }))
    expect(clock.pending).toBe(0)
  })

  it('drains all at the same time at the end', async () => {
    const { begin, manager, clock, states } = setUp((run) => run.connect(), 2000)
    await begin([to('a'), to('b'), to('c')])
    const ended = manager.end()
    await clock.advance(2000)
    await ended
    expect(states()).toEqual(all('idle', 'a', 'b', 'c'))
  })

  it('begins the next show with a fresh history', async () => {
    const { begin, manager, runs } = setUp()
    await begin([to('a')])
    runs[0]?.run.report({ bytesSent: 5000 })
    expect(manager.figures['a']).toMatchObject({ totalBytesSent: 5000 })
    await manager.end()
    expect(manager.figures['a']).toMatchObject({ totalBytesSent: 5000, stage: 'waiting' })
    await begin([to('a')])
    expect(manager.figures['a']).toMatchObject({ totalBytesSent: 0 })
    expect(manager.statuses.value[0]).toMatchObject({ connects: 1 })
  })
})
