import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { DestinationFacts } from '@shared/contracts/addresses.ts'
import { expiryIn } from '@shared/domain/addresses/push-signature.ts'
import { missingRights, roomRights, type RoomRight } from '@shared/domain/addresses/room-rights.ts'
import { readTrtcKey, trtcStreamKey } from '@shared/domain/addresses/trtc-address.ts'
import type { CarriedSources } from '@shared/domain/carried-sources.ts'
import { newDestination } from '@shared/domain/destination.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import type { OutputState } from '@shared/domain/output.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { Source, SourceKind, SourceOf } from '@shared/domain/source.ts'
import { systemClock } from '../base/clock.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { Secret } from '../base/secret.ts'
import { Topic } from '../rpc/topic.ts'
import { memorySecrets } from '../settings/run-destinations.ts'
import { Addresses } from './addresses.ts'
import { ExpiryWatch } from './expiry-watch.ts'
import { makeToken } from './make-token.ts'
import { readToken } from './room-token.ts'
import type { FactsTarget } from './target-facts.ts'
import { fetchToken } from './token-address.ts'
import { twitchServers } from './twitch-ingests.ts'
import { PUSH_SIGNATURES, STREAM_NAMES } from './vectors-sample.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function serveOnce(answer: (request: IncomingMessage, response: ServerResponse, body: string) => void): Promise<string> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part) => (body += String(part))).on('end', () => answer(request, response, body))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closers.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const target = (key: string, address = 'rtmp://h/live', more = {}): FactsTarget => ({ destination: newDestination({ id: 'a', name: 'Main', kind: 'rtmp', address, enabled: true, ...more }), key: new Secret(key) })

const source = <K extends SourceKind>(kind: K) => ({ kind }) as SourceOf<K>
const NOTHING: CarriedSources = { pictures: [], sounds: [] }

function opened(targets: FactsTarget[] = [], carried: (content: ProgramContent) => CarriedSources = () => NOTHING) {
  const clock = new FakeClock()
  const secrets = memorySecrets()
  const told: string[] = []
  const topic = new Topic<FactsTarget[]>(targets)
  const addresses = new Addresses({ targets: topic, carried, secrets, onSecret: (value) => told.push(value), onFailure() {}, clock })
  return { addresses, clock, secrets, told, topic }
}

const wish = { sdkAppId: 1_400_000_001, secretKey: 's3cret-key', userId: 'ann_1', lifeSeconds: 3600 }
const mapKey = (rights: readonly RoomRight[], room = 'room_a') => makeToken({ ...wish, room, rights }).privateMapKey

describe('playback addresses', () => {
  it.each(STREAM_NAMES)('of the stream $name', async ({ bizId, room, user, type, name, rtmp, flv, hls }) => {
    const { handlers } = opened().addresses
    expect(await handlers.playback({ stream: { bizId, room, user, type }, domain: '', application: 'live', secure: false })).toEqual({ name, rtmp, flv, hls, webrtc: rtmp.replace('rtmp:', 'webrtc:') })
  })

  it('takes a domain of one’s own, another application and https', async () => {
    const { handlers } = opened().addresses
    expect(await handlers.playback({ stream: { name: 'n' }, domain: 'play.example.com', application: 'app', secure: true })).toMatchObject({ flv: 'https://play.example.com/app/n.flv', rtmp: 'rtmp://play.example.com/app/n' })
    expect(() => handlers.playback({ stream: { name: 'n' }, domain: '', application: 'live', secure: false })).toThrow('the playback domain is missing')
  })
})

describe('push authentication', () => {
  it.each(PUSH_SIGNATURES)('signs $streamName', async ({ key, streamName, expirySeconds, txTime, ...hashes }) => {
    const { addresses, told } = opened()
    for (const algorithm of ['md5', 'sha256'] as const) {
      const { streamKey } = await addresses.handlers.signPush({ streamName, signing: { keptAs: 'h', key, keep: false }, expiresAtMs: expirySeconds * 1000, algorithm })
      expect(streamKey).toBe(`${streamName}?txSecret=${hashes[algorithm]}&txTime=${txTime}`)
      expect(expiryIn(streamKey)).toBe(expirySeconds * 1000)
      expect(told).toContain(streamKey)
    }
  })

  it('keeps a signing key in the secret store only when asked to, and uses it again', async () => {
    const { addresses, secrets, told } = opened()
    const sign = (key: string | undefined, keep: boolean) => addresses.handlers.signPush({ streamName: 'n', signing: { keptAs: 'push:h', key, keep }, expiresAtMs: 1e12, algorithm: 'md5' })
    await sign('k3y-of-domain', true)
    expect(await secrets.get('signing.push:h')).toBe('k3y-of-domain')
    expect(await addresses.handlers.isKept({ keptAs: 'push:h' })).toBe(true)
    expect(await sign(undefined, true)).toEqual(await sign('k3y-of-domain', true))
    expect(told).toContain('k3y-of-domain')
    await sign(undefined, false)
    await expect(sign(undefined, false)).rejects.toMatchObject({ reason: 'input-invalid' })
  })

  it.each([
    ['rtmp://h/live/n?txSecret=ab&txTime=579ACB15', 1_469_762_325_000], ['n?txTime=579acb15&txSecret=ab', 1_469_762_325_000], ['#!::h=d,r=live/n,txSecret=a,txTime=579ACB15', 1_469_762_325_000],
    ['n?txTime=xyz', null], ['n?mytxTime=579ACB15', null], ['', null], [`e30.${btoa('{"exp":1700000000}')}.sig`, 1_700_000_000_000], ['a.b.c', null], [`e30.${btoa('{"exp":"soon"}')}.x`, null],
  ])('reads the expiry of %s', (text, expected) => {
    expect(expiryIn(text)).toBe(expected)
  })
})

describe('tokens of a room', () => {
  it('reads what the vendor’s library makes', () => {
    const { userSig, privateMapKey } = makeToken({ ...wish, room: 'room_a', rights: ['enterRoom', 'sendAudio', 'sendScreen'] })
    expect(readToken(userSig)).toMatchObject({ kind: 'usersig', user: 'ann_1', sdkAppId: '1400000001', room: null, rights: null })
    const facts = readToken(privateMapKey)
    expect(facts).toMatchObject({ kind: 'private-map-key', user: 'ann_1', room: 'room_a', rights: ['enterRoom', 'sendAudio', 'sendScreen'] })
    expect(Math.abs((facts?.expiresAtMs ?? 0) - systemClock.now() - 3_600_000)).toBeLessThan(60_000)
  })

  it('reads rooms by number, and every right by itself', () => {
    for (const right of roomRights) expect(readToken(mapKey([right], '293710'))).toMatchObject({ room: '293710', rights: [right] })
    expect(readToken(mapKey(roomRights, '4294967294'))).toMatchObject({ room: '4294967294', rights: [...roomRights] })
    expect(readToken(mapKey([], '4294967295'))).toMatchObject({ room: '4294967295', rights: [] })
  })

  it.each(['', 'abc', 'x'.repeat(20_000), Buffer.from('not zlib at all, but long enough to be tried').toString('base64'), mapKey(roomRights).slice(0, -9)])('answers nothing for %s', (text) => {
    expect(readToken(text)).toBeNull()
  })

  it('refuses ids that the service does not take', () => {
    expect(() => makeToken({ ...wish, userId: 'ann b', room: '', rights: null })).toThrow('the user id')
    expect(() => makeToken({ ...wish, secretKey: ' ', room: '', rights: null })).toThrow('the secret key is missing')
    expect(() => makeToken({ ...wish, room: '房间', rights: [] })).toThrow('the room')
  })

  it('makes the stream key of a room, and reads it', () => {
    const { userSig } = makeToken({ ...wish, room: '', rights: null })
    const key = trtcStreamKey({ room: 'room_a', sdkAppId: 1, userId: 'ann', userSig })
    expect(key).toBe(`room_a?sdkappid=1&userid=ann&usersig=${userSig}`)
    expect(readTrtcKey(key)).toEqual({ room: 'room_a', sdkAppId: '1', userId: 'ann' })
    for (const room of ['', 'a'.repeat(65), 'a-b', 'a b', '房']) expect(() => trtcStreamKey({ room, sdkAppId: 1, userId: 'ann', userSig })).toThrow('the room')
    expect(readTrtcKey('n?txSecret=1')).toBeNull()
  })
})

describe('what a destination may', () => {
  it.each([
    [['enterRoom', 'sendAudio', 'sendVideo', 'sendScreen'], []],
    [['enterRoom', 'sendAudio', 'sendScreen'], ['sendVideo']],
    [['enterRoom'], ['sendAudio', 'sendVideo', 'sendScreen']],
  ] as const)('with %j it lacks %j', (given, missing) => {
    expect(missingRights({ pictures: [source('camera'), source('screen'), source('text')], sounds: [source('microphone')] }, given)).toEqual(missing)
  })

  it('is known without its secrets, and checked before it connects', () => {
    const token = mapKey(['enterRoom', 'sendAudio'])
    const { addresses } = opened([target(`room_a?sdkappid=1&userid=ann_1&usersig=${token}`)], () => ({ pictures: [source('camera')], sounds: [source('microphone')] }))
    expect(addresses.facts.value).toMatchObject([{ destinationId: 'a', missing: ['sendVideo'], token: { room: 'room_a', user: 'ann_1' } }])
    expect(JSON.stringify(addresses.facts.value)).not.toContain(token)
    expect(() => addresses.check(target(token))).toThrow('right-missing: send video (16)')
    expect(() => addresses.check(target('plain-key'))).not.toThrow()
  })

  it('refuses what has run out', () => {
    const { addresses, clock } = opened()
    const seconds = Math.floor(clock.now() / 1000)
    expect(() => addresses.check(target(`n?txSecret=a&txTime=${(seconds - 1).toString(16)}`))).toThrow(/^token-expired: ran out at \d{4}-/)
    expect(() => addresses.check(target(`n?txSecret=a&txTime=${(seconds + 60).toString(16)}`))).not.toThrow()
    expect(() => addresses.check(target('', `rtmp://h/live?txTime=${(seconds - 1).toString(16)}`))).toThrow('token-expired')
  })

  it('is checked against what this destination gets', () => {
    const carried: Record<ProgramContent, CarriedSources> = {
      mix: { pictures: [source('camera'), source('screen')], sounds: [source('microphone')] }, main: { pictures: [source('camera')], sounds: [source('microphone')] },
      aux: { pictures: [source('screen')], sounds: [] }, second: { pictures: [], sounds: [] },
    }
    const token = mapKey(['enterRoom', 'sendScreen'])
    const { addresses } = opened([], (content) => carried[content])
    const to = (content: ProgramContent) => target(token, 'rtmp://h/live', { content })
    expect(() => addresses.check(to('mix'))).toThrow('right-missing: send audio (4), send video (16)')
    expect(() => addresses.check(to('main'))).toThrow('right-missing: send audio (4), send video (16)')
    expect(() => addresses.check(to('aux'))).not.toThrow()
    expect(missingRights({ pictures: [source('screen')], sounds: [source('screen')] }, ['sendScreen'])).toEqual(['sendAudio'])
  })

  it('follows a change of the show', () => {
    const pictures: Source[] = []
    const { addresses } = opened([target(mapKey(['sendVideo']))], () => ({ pictures, sounds: [] }))
    expect(addresses.facts.value[0]?.missing).toEqual([])
    pictures.push(source('screen'))
    addresses.refresh()
    expect(addresses.facts.value[0]?.missing).toEqual(['sendScreen'])
  })
})

describe('ExpiryWatch', () => {
  it('warns while live with ten minutes left, says when it is over, and takes it back', async () => {
    const clock = new FakeClock(1_700_000_000_000)
    const expiresAtMs = clock.now() + 20 * 60_000
    const said: string[] = []
    const facts = new Topic([{ destinationId: 'a', expiresAtMs, token: null, missing: [] }, { destinationId: 'off', expiresAtMs, token: null, missing: [] }])
    const live = new Topic({ live: false })
    const notices = { raise: (failure: StudioError, level?: string) => void said.push(`${level} ${failure.reason}`), withdraw: (reason: string) => void said.push(`gone ${reason}`) }
    const watch = new ExpiryWatch({ facts, live, notices, clock, destinationOf: (id) => ({ name: 'Main', enabled: id === 'a' }) })
    await clock.advance(15 * 60_000)
    expect(said).toEqual([])
    live.set({ live: true })
    expect(said).toEqual(['warning token-expiring'])
    await clock.advance(60_000)
    live.set({ live: true })
    expect(said).toHaveLength(1)
    await clock.advance(5 * 60_000)
    expect(said).toEqual(['warning token-expiring', 'error token-expired', 'gone token-expiring'])
    facts.set([{ destinationId: 'a', expiresAtMs: expiresAtMs + 3_600_000, token: null, missing: [] }])
    expect(said.at(-1)).toBe('gone token-expired')
    watch.close()
    expect(clock.pending).toBe(0)
  })

  it('warns when a connection that is up carries what its token does not allow any more, once, and takes it back', () => {
    const said: string[] = []
    const notices = { raise: (failure: StudioError, level?: string) => void said.push(`${level} ${failure.message}`), withdraw: (reason: string) => void said.push(`gone ${reason}`) }
    const facts = new Topic<DestinationFacts[]>([{ destinationId: 'a', expiresAtMs: null, token: null, missing: [] }])
    const live = new Topic<{ live: boolean; outputs: { destinationId: string; state: OutputState }[] }>({ live: true, outputs: [{ destinationId: 'a', state: 'connecting' }] })
    const watch = new ExpiryWatch({ facts, live, notices, clock: new FakeClock(), destinationOf: () => ({ name: 'Room', enabled: true }) })
    facts.set([{ destinationId: 'a', expiresAtMs: null, token: null, missing: ['sendScreen'] }])
    // What connects is refused for it, and says so at its own place.
    expect(said).toEqual([])
    live.set({ live: true, outputs: [{ destinationId: 'a', state: 'running' }] })
    live.set({ live: true, outputs: [{ destinationId: 'a', state: 'running' }] })
    expect(said).toEqual([expect.stringMatching(/^warning right-missing: Room: send screen \(\d+\)$/)])
    facts.set([{ destinationId: 'a', expiresAtMs: null, token: null, missing: [] }])
    expect(said.at(-1)).toBe('gone right-missing')
    watch.close()
  })

  it('warns exactly when less than ten minutes are left', async () => {
    const clock = new FakeClock()
    const said: string[] = []
    const notices = { raise: (failure: StudioError) => void said.push(failure.reason), withdraw() {} }
    const facts = new Topic([{ destinationId: 'a', expiresAtMs: clock.now() + 11 * 60_000, token: null, missing: [] }])
    const watch = new ExpiryWatch({ facts, live: new Topic({ live: true }), notices, clock, destinationOf: () => ({ name: 'Main', enabled: true }) })
    await clock.advance(60_000)
    expect(said).toEqual([])
    await clock.advance(5000)
    expect(said).toEqual(['token-expiring'])
    watch.close()
  })
})

describe('twitchServers', () => {
  const entry = (name: string, host: string, more = {}) => ({ _id: 1, availability: 1, default: false, name, url_template: `rtmp://${host}/app/{stream_key}`, priority: 1, ...more })

  it('orders the list, takes the secure addresses, and leaves out what is no server', async () => {
    const address = await serveOnce((_request, response) =>
      response.end(JSON.stringify({ ingests: [
        entry('B', 'b.example', { priority: 2 }), entry('A', 'a.example', { url_template_secure: 'rtmps://a.example/app/{stream_key}' }), entry('Down', 'd.example', { availability: 0 }),
        entry('Odd', 'x', { url_template: 'gopher://x' }), entry('Default', 'def.example', { default: true, priority: 9 }),
      ] })),
    )
    expect(await twitchServers(systemClock, address)).toEqual({ servers: [{ name: 'A', address: 'rtmps://a.example/app' }, { name: 'B', address: 'rtmp://b.example/app' }, { name: 'any', address: 'rtmp://def.example/app' }], fresh: true, evidence: '' })
  })

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['a refusal', (response) => response.writeHead(403).end(), 'HTTP 403'],
    ['no JSON', (response) => response.end('<html>'), 'the answer is not JSON'],
    ['another list', (response) => response.end('{"servers":[]}'), 'the list looks different'],
    ['an empty list', (response) => response.end('{"ingests":[]}'), 'the list is empty'],
    ['far too much', (response) => response.end('x'.repeat(600_000)), 'longer than'],
  ])('falls back on %s', async (_what, answer, evidence) => {
    const list = await twitchServers(systemClock, await serveOnce((_request, response) => answer(response)))
    expect(list).toMatchObject({ fresh: false, evidence: expect.stringContaining(evidence) })
    expect(list.servers.length).toBeGreaterThan(10)
  })

  it('falls back on silence', async () => {
    const clock = new FakeClock()
    const arrived = Promise.withResolvers<void>()
    const list = twitchServers(clock, await serveOnce(() => arrived.resolve()))
    await arrived.promise
    await clock.advance(5000)
    expect(await list).toMatchObject({ fresh: false, evidence: 'no answer within 5 s' })
    expect(clock.pending).toBe(0)
  })
})

describe('fetchToken', () => {
  const request = { method: 'GET' as const, bearer: '', room: '', userId: '' }

  it('asks by GET with a query and by POST with JSON, with the bearer given', async () => {
    const asked: string[] = []
    const address = await serveOnce((got, response, body) => {
      asked.push(`${got.method} ${got.url} ${got.headers.authorization ?? ''} ${body}`)
      response.end(JSON.stringify({ data: { user_sig: 'sig', privateMapKey: 'map' }, url: 'https://h/whip' }))
    })
    expect(await fetchToken({ ...request, address: `${address}/t?a=1`, room: 'r', userId: 'ann', bearer: 'Bearer b' }, systemClock)).toEqual({ userSig: 'sig', privateMapKey: 'map', token: '', address: 'https://h/whip', streamKey: '' })
    await fetchToken({ ...request, address: `${address}/t`, method: 'POST', room: 'r' }, systemClock)
    expect(asked).toEqual(['GET /t?a=1&room=r&userId=ann Bearer b ', 'POST /t  {"room":"r"}'])
  })

  it.each<[number, string, string]>([
    [401, '', 'token-rejected'], [404, '', 'endpoint-not-found'], [302, '', 'redirect-refused'], [429, '', 'server-busy'], [500, '', 'server-error'], [400, '', 'offer-rejected'],
    [200, '{}', 'offer-rejected'], [200, 'hush', 'protocol-error'], [200, '[1]', 'offer-rejected'],
  ])('HTTP %s %s is %s', async (status, body, reason) => {
    const address = await serveOnce((_request, response) => response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end(body))
    const asking = fetchToken({ ...request, address: `${address}/?token=hush` }, systemClock)
    await expect(asking).rejects.toMatchObject({ reason })
    await expect(asking).rejects.not.toThrow(/hush/)
  })

  it.each<[number, string, string, string]>([
    [403, 'hush', 'http-403', 'token-rejected'], [404, '<html>code: 20406</html>', 'http-404', 'endpoint-not-found'], [400, '{"errorCode":20406,"token":"hush"}', '20406', 'connect-rejected'], [403, 'sign invalid', 'sign-invalid', 'signature-wrong'],
  ])('HTTP %s %s has the code %s', async (status, body, serviceCode, reason) => {
    const asking = fetchToken({ ...request, address: await serveOnce((_request, response) => response.writeHead(status).end(body)) }, systemClock)
    await expect(asking).rejects.toMatchObject({ serviceCode, reason, evidence: `HTTP ${status}` })
  })

  it('asks nobody by plain http but this computer, and names what cannot be reached', async () => {
    await expect(fetchToken({ ...request, address: 'http://example.org/t' }, systemClock)).rejects.toMatchObject({ reason: 'address-invalid' })
    await expect(fetchToken({ ...request, address: 'http://127.0.0.1:1/t' }, systemClock)).rejects.toMatchObject({ reason: expect.stringMatching(/connection-refused|address-unreachable/) })
  })
})
