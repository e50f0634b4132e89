import { createServer, type Server } from 'node:http'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { BroadcastStatus } from '@shared/contracts/broadcast.ts'
import { newDestination } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { OUTPUT_STATES, type OutputState } from '@shared/domain/output.ts'
import type { SourceCondition, SourceKind, SourceStatus } from '@shared/domain/source.ts'
import type { NoticeDialect, Webhook } from '@shared/domain/webhook.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'
import { memorySecrets } from '../settings/run-destinations.ts'
import { checkNotice } from './check-signature.ts'
import { destinationFacts } from './destination-facts.ts'
import { Webhooks } from './webhooks.ts'

const KEY = 'abc123DEF456'
const destination = newDestination({ id: 'd1', name: 'Main', kind: 'rtmp', address: 'rtmp://live.example/live', enabled: true })

interface Notice { type: number; status?: number; reason?: number; atMs: number; path: string; body: string; sign: string }

let folder = ''
let server: Server
let answer = 200
let received: Notice[] = []
let secrets = memorySecrets()
let clock = new FakeClock()
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-webhooks-'))
  answer = 200
  received = []
  secrets = memorySecrets()
  clock = new FakeClock()
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8')
      const said = JSON.parse(body) as { EventType?: number; event_type?: number; EventInfo?: { EventMsTs: number; Reason?: number; Payload?: { Status: number } } }
      received.push({
        type: said.EventType ?? said.event_type ?? -1, status: said.EventInfo?.Payload?.Status, reason: said.EventInfo?.Reason, atMs: said.EventInfo?.EventMsTs ?? 0,
        path: request.url ?? '', body, sign: String(request.headers['sign'] ?? ''),
      } as Notice)
      response.writeHead(answer).end('{"code":0}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await rm(folder, { recursive: true, force: true })
})

const hook = (dialect: NoticeDialect, changes: Partial<Webhook> = {}): Webhook => ({
  id: dialect, name: 'School', url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/${dialect}`, dialect, applicationId: '1400', groups: ['room', 'media', 'recording', 'push'], enabled: true, ...changes,
})
let ids = 0
const open = () =>
  Webhooks.open({
    dataDir: folder, secrets, clock, clockOffset: new Topic({ offsetMs: null }), serverNow: () => clock.now(), logger: silentLogger, redact: (text) => text, onSecret: () => {}, onFailure: (failure) => { throw failure }, newId: () => `n${++ids}`, platform: 'linux',
    factsOf: (id) => (id === 'd1' ? destinationFacts(destination, 'k') : null),
  })
/** In the order of what happened: connections may overtake each other. */
const arrived = async (count: number) => {
  await expect.poll(() => received.length).toBe(count)
  return received.toSorted((a, b) => a.atMs - b.atMs)
}

function show() {
  const idle: BroadcastStatus = { live: false, liveSinceMs: null, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs: [] }
  const status = new Topic<BroadcastStatus>(idle)
  const sources = new Topic<SourceStatus[]>([])
  const kinds: Record<string, SourceKind> = { cam: 'camera', mic: 'microphone', scr: 'screen', bars: 'test-pattern', logo: 'image' }
  const set = (conditions: Partial<Record<string, SourceCondition>>) =>
    sources.set(Object.entries(conditions).map(([sourceId, condition]) => ({ sourceId, condition: condition ?? 'active', width: 0, height: 0, frameRate: null, hasAudio: sourceId === 'mic' || sourceId === 'bars', label: '', evidence: '' })))
  return { status, sources, set, kindOf: (id: string) => kinds[id] ?? null, live: (live: boolean) => status.set({ ...idle, live }) }
}

function teller(webhooks: Webhooks) {
  return (state: OutputState, changedAtMs: number, reason?: 'connection-lost') =>
    webhooks.told({ destinationId: 'd1', state, number: OUTPUT_STATES[state], changedAtMs, failure: reason ? { reason, evidence: '', atMs: changedAtMs } : null })
}

describe('Webhooks', () => {
  it('tells of a whole show, in order, signed', async () => {
    const webhooks = await open()
    await webhooks.handlers.save({ webhook: hook('room'), key: KEY })
    const { status, sources, set, kindOf, live } = show()
    webhooks.follow({ status, sources, kindOf })
    const tell = teller(webhooks)
    set({ cam: 'active', mic: 'active', scr: 'denied' })
    live(true)
    tell('connecting', clock.now())
    await arrived(5)
    await clock.advance(5000)
    tell('connecting', clock.now() - 5000)
    tell('running', clock.now())
    set({ cam: 'starting', mic: 'active', scr: 'active' })
    set({ cam: 'active', mic: 'active', scr: 'ended' })
    tell('disconnecting', clock.now())
    tell('idle', clock.now())
    live(false)
    set({ cam: 'ended' })
    const notices = await arrived(13)
    const connecting = notices.filter(({ status }) => status === 1)
    expect(connecting.map(({ atMs }) => atMs)).toEqual([connecting[0]?.atMs, connecting[0]?.atMs])
    expect(notices.map(({ type, status }) => (type === 401 ? `401/${status}` : type))).toEqual([101, 103, 201, 203, '401/1', '401/1', '401/2', 205, 206, '401/5', '401/0', 104, 102])
    expect(new Set(notices.map(({ atMs }) => atMs)).size).toBe(notices.length - 1)
    for (const { body, sign } of notices) expect(checkNotice({ dialect: 'room', body, sign, key: KEY }, 0).verdict).toBe('valid')
    await webhooks.close()
  })

  it('tells the classic dialect of streams that start and break off, each with its sequence', async () => {
    const webhooks = await open()
    await webhooks.handlers.save({ webhook: hook('classic'), key: KEY })
    const tell = teller(webhooks)
    tell('connecting', clock.now())
    tell('running', clock.now())
    tell('recovering', clock.now(), 'connection-lost')
    await arrived(2)
    await clock.advance(5000)
    tell('recovering', clock.now() - 5000, 'connection-lost')
    tell('running', clock.now(), 'connection-lost')
    tell('disconnecting', clock.now(), 'connection-lost')
    tell('idle', clock.now(), 'connection-lost')
    await arrived(4)
    const bodies = received.map(({ body }) => JSON.parse(body) as { event_type: number; errcode: number; sequence: string; stream_id: string; sign: string })
    const bySequence = Map.groupBy(bodies, ({ sequence }) => sequence)
    expect([...bySequence.values()].map((each) => each.map(({ event_type, errcode }) => [event_type, errcode]).sort()).sort()).toEqual([[[0, -1], [1, 0]], [[0, 0], [1, 0]]])
    for (const { body } of received) expect(checkNotice({ dialect: 'classic', body, sign: '', key: KEY }, clock.now()).verdict).toBe('valid')
    await webhooks.close()
  })

  it('delivers after a restart what an outage held up, and knows a show that was never left', async () => {
    answer = 500
    const first = await open()
    await first.handlers.save({ webhook: hook('room'), key: KEY })
    const { status, sources, kindOf, live } = show()
    first.follow({ status, sources, kindOf })
    live(true)
    await arrived(4)
    await first.close()
    answer = 200
    await clock.advance(30_000)
    const second = await open()
    await arrived(8)
    expect(received.filter(({ type }) => type === 104).map(({ reason }) => reason)).toEqual([2])
    expect(received.slice(4).map(({ type }) => type).toSorted()).toEqual([101, 102, 103, 104])
    await second.close()
    const third = await open()
    await clock.advance(0)
    expect(third.topics.log.value).toEqual([])
    await third.close()
    expect(received).toHaveLength(8)
  })

  it('drops what waits for an address that is removed, switched off or spoken to in another dialect', async () => {
    answer = 500
    const webhooks = await open()
    for (const id of ['removed', 'off', 'other']) await webhooks.handlers.save({ webhook: hook('room', { id }), key: KEY })
    webhooks.emit({ kind: 'room', type: 101, atMs: clock.now() })
    await arrived(6)
    await webhooks.handlers.remove({ webhookId: 'removed' })
    await webhooks.handlers.save({ webhook: hook('room', { id: 'off', enabled: false }) })
    await webhooks.handlers.save({ webhook: hook('classic', { id: 'other' }) })
    await clock.advance(10_000)
    expect(webhooks.topics.log.value.map(({ state }) => state)).toEqual(['dropped', 'dropped', 'dropped'])
    expect(received).toHaveLength(6)
    expect(await secrets.get('webhook.removed.key')).toBeNull()
    await webhooks.close()
  })

  it('sends a test notice once and says what came back', async () => {
    const webhooks = await open()
    await webhooks.handlers.save({ webhook: hook('room', { groups: [] }), key: KEY })
    expect(await webhooks.handlers.test({ webhookId: 'room' })).toMatchObject({ status: 200, answer: '{"code":0}', reason: null })
    answer = 500
    expect(await webhooks.handlers.test({ webhookId: 'room' })).toMatchObject({ status: 500, reason: 'notice-refused' })
    await clock.advance(60_000)
    expect(received.map(({ type, status }) => [type, status])).toEqual([[401, 0], [401, 0]])
    await expect(webhooks.handlers.test({ webhookId: 'gone' })).rejects.toMatchObject({ reason: 'not-found' })
    const { body, sign } = received[0] as Notice
    const pasted = { dialect: 'room' as const, body, sign }
    expect(await webhooks.handlers.check({ ...pasted, key: '', webhookId: 'room' })).toMatchObject({ verdict: 'valid' })
    expect(await webhooks.handlers.check({ ...pasted, key: 'another' })).toMatchObject({ verdict: 'wrong-sign' })
    expect(await webhooks.handlers.check({ ...pasted, key: '' })).toMatchObject({ verdict: 'key-missing' })
    await webhooks.close()
  })

  it('tells of recordings by what the recorder says', async () => {
    const webhooks = await open()
    await webhooks.handlers.save({ webhook: hook('room'), key: KEY })
    await webhooks.handlers.save({ webhook: hook('classic'), key: KEY })
    const atMs = clock.now()
    const file = { path: '/v/a_1.mp4', format: 'mp4' as const, sizeBytes: 1, startedAtMs: atMs, endedAtMs: atMs, durationMs: 0, track: 'audio_video' as const, content: 'mix' as const }
    webhooks.recording.started({ taskId: 't', failed: false, atMs })
    webhooks.recording.fileDone({ taskId: 't', file, atMs })
    webhooks.recording.ended({ taskId: 't', why: 'idle', atMs })
    webhooks.recording.snapshotTaken({ path: '/v/a.png', sizeBytes: 1, width: 2, height: 2, atMs })
    const notices = await arrived(5)
    expect(notices.filter(({ path }) => path === '/room').map(({ type }) => type)).toEqual([301, 310, 302])
    expect(notices.filter(({ path }) => path === '/classic').map(({ type }) => type).sort()).toEqual([100, 200])
    await webhooks.close()
  })
})

describe('addresses', () => {
  it('keeps keys and queries in the secret store and nowhere else', async () => {
    const webhooks = await open()
    answer = 500
    const url = hook('room').url
    expect(await webhooks.handlers.save({ webhook: hook('room', { url: `${url}?token=t0ken` }), key: KEY })).toMatchObject({ url, hasKey: true, hasQuery: true })
    webhooks.emit({ kind: 'room', type: 101, atMs: clock.now() })
    await arrived(2)
    expect(received[0]?.path).toBe('/room?token=t0ken')
    await webhooks.close()
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    const files = await Promise.all(entries.filter((each) => each.isFile()).map((each) => readFile(join(each.parentPath, each.name), 'utf8')))
    expect(files.length).toBeGreaterThan(1)
    expect(files.join('') + JSON.stringify([webhooks.topics.list.value, webhooks.topics.log.value])).not.toMatch(/t0ken|abc123/)

    const again = await open()
    expect(again.topics.list.value).toMatchObject([{ url, hasKey: true, hasQuery: true }])
    expect(await again.handlers.save({ webhook: hook('room', { name: 'Renamed' }) })).toMatchObject({ hasKey: true, hasQuery: true, name: 'Renamed' })
    expect(await again.handlers.save({ webhook: hook('room', { url: `${url}?` }) })).toMatchObject({ hasQuery: false })
    await again.close()
  })

  it.each<[string, Partial<Webhook>, string, string]>([
    ['no key', {}, '', 'input-invalid'],
    ['a key that is too long', {}, 'a'.repeat(33), 'input-invalid'],
    ['a key with a sign in it', {}, 'abc-def', 'input-invalid'],
    ['nothing', { url: ' ' }, KEY, 'address-invalid'],
    ['another scheme', { url: 'ftp://h/' }, KEY, 'address-scheme-unknown'],
    ['no URL', { url: 'http://' }, KEY, 'address-invalid'],
    ['a password', { url: 'https://u:p@h/' }, KEY, 'address-invalid'],
  ])('refuses %s', async (_what, changes, key, reason) => {
    const webhooks = await open()
    await expect(webhooks.handlers.save({ webhook: hook('room', changes), key })).rejects.toMatchObject({ reason })
    expect(webhooks.topics.list.value).toEqual([])
    await webhooks.close()
  })

  it('takes a key with signs in it, and drops groups without words, for the classic dialect', async () => {
    const webhooks = await open()
    expect(await webhooks.handlers.save({ webhook: hook('classic'), key: 'abc-def' })).toMatchObject({ groups: ['recording', 'push'] })
    await webhooks.close()
  })
})
