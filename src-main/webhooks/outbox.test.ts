import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NoticeDialect, Webhook } from '@shared/domain/webhook.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { silentLogger } from '../base/logger.ts'
import { EMPTY_OUTBOX, type OutboxFile, outboxFile } from './outbox-entry.ts'
import { Outbox, type Tried } from './outbox.ts'

let folder = ''
beforeEach(async () => { folder = await mkdtemp(join(tmpdir(), 'castwright-outbox-')) })
const stores: JsonStore<OutboxFile>[] = []
afterEach(async () => {
  await Promise.all(stores.splice(0).map((each) => each.settled()))
  await rm(folder, { recursive: true, force: true })
})

const hook = (dialect: NoticeDialect, id = 'w'): Webhook => ({ id, name: '', url: 'http://h/', dialect, applicationId: '', groups: ['push'], enabled: true })
const draft = (body = '{}') => ({ eventType: 401, about: '', body })

async function setUp(answer: (tries: number) => number | null, clock = new FakeClock(), takesMs = 0) {
  const store = await JsonStore.open<OutboxFile>({ path: join(folder, 'outbox.json'), version: 1, schema: outboxFile, initial: () => EMPTY_OUTBOX, clock, onFailure: (failure) => { throw failure } })
  stores.push(store)
  const startMs = clock.now()
  const triedAtS: number[] = []
  const bodies: string[] = []
  let ids = 0
  const outbox = new Outbox({
    store, clock, logger: silentLogger, newId: () => `n${clock.now()}-${++ids}`,
    async send({ body }, signal): Promise<Tried> {
      triedAtS.push((clock.now() - startMs) / 1000)
      bodies.push(body)
      if (takesMs > 0) await clock.sleep(takesMs, signal)
      return { status: answer(triedAtS.length), answer: 'said', tookMs: takesMs }
    },
  })
  outbox.resume()
  const onDisk = async () => {
    await store.settled()
    return (JSON.parse(await readFile(join(folder, 'outbox.json'), 'utf8')) as { data: OutboxFile }).data.entries
  }
  return { clock, outbox, store, triedAtS, bodies, onDisk, last: () => outbox.log.topic.value[0] }
}

describe('Outbox', () => {
  it('is done with what was delivered at once', async () => {
    const test = await setUp(() => 200)
    test.outbox.add(hook('room'), draft())
    await test.clock.advance(0)
    expect(test.last()).toMatchObject({ state: 'delivered', tries: 1, status: 200, answer: 'said', nextTryAtMs: null })
    expect([test.outbox.waiting, test.clock.pending, await test.onDisk()]).toEqual([0, 0, []])
  })

  it('classic: once a minute, ten times at most', async () => {
    const test = await setUp(() => 500)
    test.outbox.add(hook('classic'), draft())
    await test.clock.advance(3_600_000)
    expect(test.triedAtS).toEqual([0, 60, 120, 180, 240, 300, 360, 420, 480, 540])
    expect(test.last()).toMatchObject({ state: 'given-up', tries: 10, status: 500 })
    expect(await test.onDisk()).toEqual([])
  })

  it.each([['room', 8], ['classic', 10]] as const)('%s: keeps its pace and its end when the computer\'s clock is set back', async (dialect, tries) => {
    const clock = new FakeClock()
    const real = clock.now
    const test = await setUp(() => 500, clock)
    test.outbox.add(hook(dialect), draft())
    await clock.advance(15_000)
    clock.now = () => real() - 3_600_000
    await clock.advance(600_000)
    expect(test.last()).toMatchObject({ state: 'given-up', tries })
  })

  it('does not wait for an hour when the clock was set back between two runs', async () => {
    const clock = new FakeClock()
    const first = await setUp(() => 500, clock)
    first.outbox.add(hook('classic'), draft())
    await clock.advance(1000)
    await first.outbox.close()
    const real = clock.now
    clock.now = () => real() - 3_600_000
    const second = await setUp(() => 200, clock)
    await clock.advance(60_000)
    expect(second.last()).toMatchObject({ state: 'delivered', tries: 2 })
  })

  it('room: again at once, then every 10 s until it is a minute old', async () => {
    const test = await setUp(() => null)
    test.outbox.add(hook('room'), draft())
    await test.clock.advance(3_600_000)
    expect(test.triedAtS).toEqual([0, 0, 10, 20, 30, 40, 50, 60])
    expect(test.last()).toMatchObject({ state: 'given-up', tries: 8, status: null })
  })

  it('room: every 10 s also when each try takes its whole 5 s', async () => {
    const test = await setUp(() => null, new FakeClock(), 5000)
    test.outbox.add(hook('room'), draft())
    await test.clock.advance(120_000)
    expect(test.triedAtS).toEqual([0, 5, 15, 25, 35, 45, 55])
  })

  it.each([201, 204, 302, 400, 404, 503])('%i is not delivered', async (status) => {
    const test = await setUp((tries) => (tries < 3 ? status : 200))
    test.outbox.add(hook('room'), draft())
    await test.clock.advance(10_000)
    expect(test.triedAtS).toEqual([0, 0, 10])
    expect(test.last()).toMatchObject({ state: 'delivered', tries: 3 })
  })

  it('goes on after a restart where it was, as long as the notice is young enough', async () => {
    const first = await setUp(() => 500)
    first.outbox.add(hook('classic'), draft('{"old":1}'))
    await first.clock.advance(1000)
    expect((await first.onDisk()).map(({ delivery }) => delivery.tries)).toEqual([1])
    await first.outbox.close()

    const second = await setUp((tries) => (tries === 1 ? 500 : 200), first.clock)
    await first.clock.advance(58_000)
    expect(second.triedAtS).toEqual([])
    await first.clock.advance(61_000)
    expect(second.triedAtS).toEqual([59, 119])
    expect(second.bodies).toEqual(['{"old":1}', '{"old":1}'])
    expect(second.last()).toMatchObject({ state: 'delivered', tries: 3 })
    expect(await second.onDisk()).toEqual([])
  })

  it('is tried at once after a restart when its time came meanwhile, and given up when it is news no more', async () => {
    const first = await setUp(() => 500)
    first.outbox.add(hook('classic'), draft('{"classic":1}'))
    first.outbox.add(hook('room'), draft('{"room":1}'))
    await first.clock.advance(1)
    await first.outbox.close()
    await first.clock.advance(120_000)
    const second = await setUp(() => 200, first.clock)
    await first.clock.advance(0)
    expect(second.bodies).toEqual(['{"classic":1}'])
    expect(second.outbox.log.topic.value.map(({ dialect, state }) => [dialect, state])).toEqual([['room', 'given-up'], ['classic', 'delivered']])
    expect(await second.onDisk()).toEqual([])
  })

  it('keeps on the disk what was being sent when the studio closed, and closes within 3 s', async () => {
    const first = await setUp(() => 200, new FakeClock(), 5000)
    first.outbox.add(hook('room'), draft('{"last":"word"}'))
    await first.clock.advance(100)
    let closed = false
    void first.outbox.close().then(() => (closed = true))
    await first.clock.advance(2900)
    expect(closed).toBe(false)
    await first.clock.advance(200)
    // Writing the file takes real time.
    await first.store.settled()
    await first.clock.advance(0)
    expect(first.clock.pending).toBe(0)
    const second = await setUp(() => 200, first.clock)
    await first.clock.advance(0)
    expect(second.bodies).toEqual(['{"last":"word"}'])
  })

  it('lets what is on its way arrive when the studio closes', async () => {
    const test = await setUp(() => 200, new FakeClock(), 1000)
    test.outbox.add(hook('room'), draft())
    const closed = test.outbox.close()
    await test.clock.advance(1000)
    await closed
    expect(test.last()?.state).toBe('delivered')
    test.outbox.add(hook('room'), draft())
    expect(test.outbox.waiting).toBe(0)
  })

  it('is bounded, and logs the last hundred', async () => {
    const test = await setUp(() => null)
    for (let index = 0; index < 1100; index++) test.outbox.add(hook('classic'), draft(String(index)))
    await test.clock.advance(0)
    const entries = await test.onDisk()
    expect(entries).toHaveLength(1000)
    expect(entries[0]?.body).toBe('100')
    expect(test.outbox.log.topic.value).toHaveLength(100)
    await test.outbox.close()
  })

  it('one receiver that hangs does not hold up another, and gets four at a time', async () => {
    const clock = new FakeClock()
    const store = JsonStore.inMemory(EMPTY_OUTBOX)
    const now: Record<string, number> = { slow: 0, quick: 0 }
    let most = 0
    const outbox = new Outbox({
      store, clock, logger: silentLogger, newId: (() => { let id = 0; return () => `n${++id}` })(),
      async send({ delivery: { webhookId } }, signal) {
        most = Math.max(most, ++now[webhookId]!)
        if (webhookId === 'slow') await clock.sleep(5000, signal)
        now[webhookId]!--
        return { status: 200, answer: '', tookMs: 0 }
      },
    })
    for (let index = 0; index < 10; index++) outbox.add(hook('room', 'slow'), draft())
    outbox.add(hook('room', 'quick'), draft())
    await clock.advance(0)
    expect(outbox.waiting).toBe(10)
    await clock.advance(15_000)
    expect([outbox.waiting, most, clock.pending]).toEqual([0, 4, 0])
  })
})
