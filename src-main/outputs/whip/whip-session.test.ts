import { afterEach, describe, expect, it } from 'vitest'
import { basicToken } from '@shared/domain/addresses/http-authorization.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { type Clock, systemClock } from '../../base/clock.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { Secret } from '../../base/secret.ts'
import { fakeLog } from './fake-log.ts'
import { CREATED, FakeWhipServer, type Reply } from './fake-whip-server.ts'
import { ANSWER, OFFER, RESTART_OFFER } from './sdp-sample.ts'
import { WhipSession } from './whip-session.ts'

const TOKEN = 'very-secret-token'
const UFRAG = 'EsAw'
const candidate = (n: number) => `candidate:${n} 1 udp 2122260223 192.0.2.${n} 61764 typ host`
/** Knows what it was asked to wait for. */
class NotingClock extends FakeClock {
  readonly sleeps: number[] = []
  override sleep(delayMs: number, signal?: AbortSignal): Promise<void> {
    this.sleeps.push(delayMs)
    return super.sleep(delayMs, signal)
  }
}

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function serverWith(script: Record<string, Reply[]> = {}): Promise<FakeWhipServer> {
  const server = await new FakeWhipServer(script).listen()
  closers.push(() => server.close())
  return server
}

function sessionAt(address: string, { token = TOKEN, tokenFollowsRedirects = false, clock = systemClock }: { token?: string; tokenFollowsRedirects?: boolean; clock?: Clock } = {}) {
  const log = fakeLog()
  let outOfStep = 0
  const session = new WhipSession({
    endpoint: new URL(address),
    token: new Secret(token),
    tokenFollowsRedirects,
    trust: { certificateAuthority: '', verifyCertificate: true },
    clock,
    log,
    http: { timeoutMs: 3000, maxBodyBytes: 50_000 },
    onOutOfStep: () => outOfStep++,
  })
  closers.unshift(() => session.close(1000))
  return { session, log, outOfStep: () => outOfStep }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await systemClock.sleep(2)
}

const answered = (changes: { status?: number; headers?: Record<string, string | string[]>; body?: string }): Reply => ({ ...(CREATED as Exclude<Reply, string>), ...changes })
const headers = (more: Record<string, string | string[]>) => ({ 'Content-Type': 'application/sdp', Location: '/session/1', ...more })

describe('opening a session', () => {
  it('offers with the token, and gives back the answer and its ICE servers', async () => {
    const server = await serverWith({ POST: [answered({ headers: headers({ Link: ['<stun:a>; rel="ice-server", <stun:b>; rel="ice-server"', '<stun:c>; rel="ice-server"'] }) })] })
    const { session } = sessionAt(`${server.origin}/whip?key=1`)
    expect(await session.open(OFFER)).toEqual({ answerSdp: ANSWER, iceServers: [{ urls: ['stun:a'] }, { urls: ['stun:b'] }, { urls: ['stun:c'] }] })
    expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/whip?key=1', body: OFFER, headers: { 'content-type': 'application/sdp', authorization: `Bearer ${TOKEN}` } })
  })

  it('sends no authorization without a token', async () => {
    const server = await serverWith()
    const { session } = sessionAt(`${server.origin}/whip`, { token: '' })
    await session.open(OFFER)
    await session.close(1000)
    expect(server.asked.map(({ method, headers }) => [method, 'authorization' in headers])).toEqual([['POST', false], ['DELETE', false]])
  })

  it('sends a user name and a password by Basic authentication with every request, and never quotes them', async () => {
    const server = await serverWith({ PATCH: [{ status: 405 }] })
    const { session, log } = sessionAt(server.origin, { token: basicToken('me', 'hush-hush') })
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1)
    await session.close(1000)
    expect(server.asked.map(({ method, headers }) => [method, headers.authorization])).toEqual(['POST', 'PATCH', 'DELETE'].map((method) => [method, 'Basic bWU6aHVzaC1odXNo']))
    server.script['POST'] = [{ status: 401, headers: { 'Content-Type': 'text/plain' }, body: 'not me:hush-hush, nor hush-hush, nor bWU6aHVzaC1odXNo' }]
    const failure = await sessionAt(server.origin, { token: basicToken('me', 'hush-hush') }).session.open(OFFER).catch((error: unknown) => error as StudioError)
    expect(failure).toMatchObject({ reason: 'token-rejected', evidence: 'HTTP 401: not ***, nor ***, nor ***' })
    expect(log.lines.join('\n')).not.toMatch(/hush|bWU6/)
  })

  it.each([
    ['/session/7', '/session/7'],
    ['session/7?x=1', '/a/session/7?x=1'],
    ['../7', '/7'],
  ])('resolves the Location %s against where the answer came from', async (location, path) => {
    const server = await serverWith({
      POST: [{ status: 307, headers: { Location: '/a/whip' } }, answered({ headers: headers({ Location: location }) })],
    })
    const { session } = sessionAt(`${server.origin}/b/c/whip`)
    await session.open(OFFER)
    await session.close(1000)
    expect(server.requests('DELETE').map((each) => each.path)).toEqual([path])
  })

  it('takes an absolute Location', async () => {
    const [server, other] = [await serverWith(), await serverWith()]
    server.script['POST'] = [answered({ headers: headers({ Location: `${other.origin}/s` }) })]
    const { session, log } = sessionAt(`${server.origin}/whip`)
    await session.open(OFFER)
    await session.close(1000)
    expect(other.asked).toMatchObject([{ method: 'DELETE', path: '/s' }])
    // Another origin, which the user has not entered the token for.
    expect(other.asked[0]?.headers).not.toHaveProperty('authorization')
    expect(log.lines.filter((line) => line.includes('not given to another origin'))).toHaveLength(1)
  })

  it('a session without a Location is none', async () => {
    const server = await serverWith({ POST: [answered({ headers: { 'Content-Type': 'application/sdp' } })] })
    await expect(sessionAt(server.origin).session.open(OFFER)).rejects.toMatchObject({ reason: 'protocol-error' })
  })

  it('ends a session whose answer is of no use', async () => {
    const server = await serverWith({ POST: [answered({ body: ANSWER.replace('m=video 9', 'm=video 0') })] })
    const { session } = sessionAt(server.origin)
    await expect(session.open(OFFER)).rejects.toMatchObject({ reason: 'offer-rejected', evidence: 'the server does not take the video' })
    await session.close(1000)
    expect(server.requests('DELETE')).toHaveLength(1)
  })

  it.each<[number, string, Record<string, string>, string, string, string]>([
    [200, '', {}, '', 'endpoint-not-found', 'HTTP 200'],
    [204, '', {}, '', 'endpoint-not-found', 'HTTP 204'],
    [400, 'text/plain', {}, 'invalid SDP\nmore', 'offer-rejected', 'HTTP 400: invalid SDP'],
    [401, '', { 'WWW-Authenticate': 'Basic realm="mediamtx"' }, '', 'token-rejected', 'HTTP 401: the server asks for Basic authentication'],
    [401, '', { 'WWW-Authenticate': 'Bearer error="invalid_token", error_description="The token expired"' }, '', 'token-expired', 'HTTP 401: The token expired'],
    [403, 'application/problem+json', {}, JSON.stringify({ title: 'Forbidden', detail: `${TOKEN} is not welcome, nor is q-secret` }), 'token-rejected', 'HTTP 403: Forbidden: *** is not welcome, nor is ***'],
    [403, 'text/plain', {}, 'Endpoint already in use', 'already-publishing', 'HTTP 403: Endpoint already in use'],
    [404, 'text/html', {}, '<h1>Not found</h1>', 'endpoint-not-found', 'HTTP 404'],
    [405, '', {}, '', 'endpoint-not-found', 'HTTP 405'],
    [406, '', {}, '', 'offer-rejected', 'HTTP 406'],
    [409, 'application/json', {}, '{"error":"taken"}', 'already-publishing', 'HTTP 409: taken'],
    [410, '', {}, '', 'endpoint-not-found', 'HTTP 410'],
    [415, '', {}, '', 'offer-rejected', 'HTTP 415'],
    [418, 'application/problem+json', {}, 'not json', 'offer-rejected', 'HTTP 418'],
    [422, '', {}, '', 'offer-rejected', 'HTTP 422'],
    [429, '', {}, '', 'server-busy', 'HTTP 429'],
    [500, '', {}, '', 'server-error', 'HTTP 500'],
    [501, '', {}, '', 'server-error', 'HTTP 501'],
    [503, '', {}, '', 'server-busy', 'HTTP 503'],
    [599, '', {}, '', 'server-error', 'HTTP 599'],
  ])('an answer with %i %s %j is a reason', async (status, type, more, body, reason, evidence) => {
    const server = await serverWith({ POST: [{ status, headers: { ...(type ? { 'Content-Type': type } : {}), ...more }, body }] })
    const { session } = sessionAt(`${server.origin}/whip?token=q-secret`)
    await expect(session.open(OFFER)).rejects.toMatchObject({ name: 'StudioError', reason, evidence })
    await session.close(1000)
    expect(server.requests('DELETE')).toEqual([])
  })

  it.each<[number, string, string, string, string]>([
    [403, 'application/json', '{"code":40000411,"message":"user not in room"}', 'not-found', '40000411'],
    [400, 'application/problem+json', '{"title":"Refused","detail":"error 20318: live service is not enabled"}', 'connect-rejected', '20318'],
    [403, 'text/plain', 'sign invalid', 'signature-wrong', 'sign-invalid'],
    [403, '', 'the time expired', 'token-expired', 'time-expired'],
    [200, 'application/json', '{"errcode": 1001, "errmsg": "no permission"}', 'token-rejected', '1001'],
    [500, 'application/json', '{"code":"50005"}', 'server-busy', '50005'],
  ])('an answer with %i %s %s has a code of the service, which goes before the status', async (status, type, body, reason, serviceCode) => {
    const server = await serverWith({ POST: [{ status, headers: type ? { 'Content-Type': type } : {}, body }] })
    await expect(sessionAt(server.origin).session.open(OFFER)).rejects.toMatchObject({ reason, serviceCode })
  })

  it.each([
    [403, 'text/html', '<p>code: 40000411</p>'],
    [404, 'text/plain', `no such stream: code ${1002}0`],
    [403, 'application/json', '{"token":"40000406-hush"}'],
  ])('an answer with %i %s %s has none', async (status, type, body) => {
    const server = await serverWith({ POST: [{ status, headers: { 'Content-Type': type }, body }] })
    const failure = await sessionAt(server.origin, { token: '40000406-hush' }).session.open(OFFER).catch((error: unknown) => error as StudioError)
    expect(failure).toMatchObject({ reason: status === 404 ? 'endpoint-not-found' : 'token-rejected', serviceCode: undefined })
  })

  it.each([429, 503, 500])('%i says when to come back, in seconds or as a date', async (status) => {
    const server = await serverWith({ POST: [{ status, headers: { 'Retry-After': '7' } }, { status, headers: { 'Retry-After': new Date(Date.now() + 60_000).toUTCString() } }, { status }] })
    const failure = () => sessionAt(server.origin).session.open(OFFER).catch((error: unknown) => error as StudioError) as Promise<StudioError>
    expect((await failure()).retryAfterMs).toBe(7000)
    expect((await failure()).retryAfterMs).toBeGreaterThan(30_000)
    expect((await failure()).retryAfterMs).toBeUndefined()
  })
})

describe('redirects of the offer', () => {
  it.each([307, 308])('%i is followed with method, body and, within an origin, the token', async (status) => {
    const server = await serverWith({ POST: [{ status, headers: { Location: '/other' } }, CREATED] })
    await sessionAt(`${server.origin}/whip`).session.open(OFFER)
    expect(server.asked.map(({ method, path, body, headers }) => [method, path, body === OFFER, headers.authorization])).toEqual([
      ['POST', '/whip', true, `Bearer ${TOKEN}`],
      ['POST', '/other', true, `Bearer ${TOKEN}`],
    ])
  })

  it.each([
    [false, undefined],
    [true, `Bearer ${TOKEN}`],
  ])('to another origin, the token goes along only when that is allowed (%s)', async (tokenFollowsRedirects, authorization) => {
    const [near, far] = [await serverWith(), await serverWith()]
    near.script['POST'] = [{ status: 307, headers: { Location: `${far.origin}/whip` } }]
    const { session } = sessionAt(`${near.origin}/whip`, { tokenFollowsRedirects })
    await session.open(OFFER)
    await session.close(1000)
    expect(far.asked.map((each) => [each.method, each.headers.authorization])).toEqual([['POST', authorization], ['DELETE', authorization]])
  })

  it.each([301, 302, 303, 300, 304])('%i is refused', async (status) => {
    const server = await serverWith({ POST: [{ status, headers: { Location: '/other' } }] })
    await expect(sessionAt(server.origin).session.open(OFFER)).rejects.toMatchObject({ reason: 'redirect-refused' })
    expect(server.asked).toHaveLength(1)
  })

  it('at most five are followed', async () => {
    const again: Reply = { status: 307, headers: { Location: '/again' } }
    const server = await serverWith({ POST: [again, again, again, again, again, CREATED] })
    await sessionAt(server.origin).session.open(OFFER)
    const endless = await serverWith({ POST: [again] })
    await expect(sessionAt(endless.origin).session.open(OFFER)).rejects.toMatchObject({ reason: 'redirect-refused' })
    expect(endless.asked).toHaveLength(6)
  })

  it.each([[''], ['ftp://localhost/'], ['http://']])('to nowhere (%j) is refused', async (location) => {
    const server = await serverWith({ POST: [{ status: 307, headers: { Location: location } }] })
    await expect(sessionAt(server.origin).session.open(OFFER)).rejects.toMatchObject({ reason: 'redirect-refused' })
  })
})

describe('candidates', () => {
  it('wait for the answer, go in one PATCH with its entity tag, and later ones in another', async () => {
    const server = await serverWith()
    const release = server.hold()
    const { session } = sessionAt(`${server.origin}/whip`)
    const opened = session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    session.candidate(UFRAG, candidate(2))
    await until(() => server.asked.length === 1)
    session.candidate(UFRAG, candidate(3))
    release()
    await opened
    await until(() => server.requests('PATCH').length === 1)
    session.candidate(UFRAG, candidate(4))
    session.candidate(UFRAG, null)
    await until(() => server.requests('PATCH').at(-1)?.body.includes('a=end-of-candidates') ?? false)
    const [first, ...later] = server.requests('PATCH')
    expect(first).toMatchObject({ path: '/session/1', headers: { 'if-match': '"first"', 'content-type': 'application/trickle-ice-sdpfrag', authorization: `Bearer ${TOKEN}` } })
    expect(first?.body.match(/a=candidate:\d/g)).toEqual(['a=candidate:1', 'a=candidate:2', 'a=candidate:3'])
    expect(first?.body).not.toContain('end-of-candidates')
    expect(later.flatMap(({ body }) => body.match(/a=candidate:\d/g) ?? [])).toEqual(['a=candidate:4'])
  })

  it.each([['*'], ['W/"weak"'], ['unquoted'], ['""']])('the entity tag %j goes back as it came', async (etag) => {
    const server = await serverWith({ POST: [answered({ headers: headers({ ETag: etag }) })] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1)
    expect(server.requests('PATCH')[0]?.headers['if-match']).toBe(etag)
  })

  it('without an entity tag there is no condition', async () => {
    const server = await serverWith({ POST: [answered({ headers: headers({}) })] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1)
    expect(server.requests('PATCH')[0]?.headers).not.toHaveProperty('if-match')
  })

  it('what the offer has already is not sent again', async () => {
    const server = await serverWith()
    const { session } = sessionAt(server.origin)
    session.candidate(UFRAG, candidate(1))
    await session.open(OFFER.replace('a=mid:0', `a=mid:0\r\na=${candidate(1)}`))
    session.candidate(UFRAG, candidate(2))
    await until(() => server.requests('PATCH').length === 1)
    expect(server.requests('PATCH')[0]?.body.match(/a=candidate:\d/g)).toEqual(['a=candidate:2'])
  })

  it.each([405, 501, 422, 404, 428, 401])('%i ends the trickling, not the session', async (status) => {
    const server = await serverWith({ PATCH: [{ status }] })
    const { session, outOfStep } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1)
    session.candidate(UFRAG, candidate(2))
    await session.close(1000)
    expect(server.requests('PATCH')).toHaveLength(1)
    expect(server.requests('DELETE')).toHaveLength(1)
    expect(outOfStep()).toBe(0)
  })

  it('412 asks for a restart, after which candidates go on', async () => {
    const server = await serverWith({ PATCH: [{ status: 412 }, { status: 200, headers: { ETag: '"second"' }, body: 'a=ice-ufrag:r\r\na=ice-pwd:q\r\n' }, { status: 204 }] })
    const { session, outOfStep } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => outOfStep() === 1)
    expect(await session.restart(RESTART_OFFER)).toContain('a=ice-ufrag:r')
    session.candidate('ysXw', candidate(2))
    await until(() => server.requests('PATCH').length === 3)
    expect(server.requests('PATCH')[2]).toMatchObject({ headers: { 'if-match': '"second"' } })
  })

  it.each([1, 3])('412 after %i restarts asks for another, and a fragment that is taken ends the row', async (restarts) => {
    const restarted = (n: number): Reply[] => [{ status: 412 }, { status: 200, headers: { ETag: `"${n}"` }, body: 'a=ice-ufrag:r\r\na=ice-pwd:q\r\n' }]
    const rounds = Array.from({ length: restarts }, (_, at) => restarted(at + 1)).flat()
    const server = await serverWith({ PATCH: [...rounds, { status: 204 }, { status: 412 }] })
    const { session, outOfStep } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    for (let at = 1; at <= restarts; at++) {
      await until(() => outOfStep() === at)
      const ufrag = `new${at}`
      // Found before the answer: kept for it.
      session.candidate(ufrag, candidate(at + 1))
      await session.restart(RESTART_OFFER.replaceAll('ysXw', ufrag))
    }
    await until(() => server.requests('PATCH').length === 2 * restarts + 1)
    expect(server.requests('PATCH').at(-1)).toMatchObject({ headers: { 'if-match': `"${restarts}"` } })
    expect(server.requests('PATCH').at(-1)?.body).toContain(candidate(restarts + 1))
    session.candidate(`new${restarts}`, candidate(9))
    await until(() => outOfStep() === restarts + 1)
  })

  it('412 to everything does not restart for ever, and the next restart that comes of a broken line goes on', async () => {
    const server = await serverWith({ PATCH: [{ status: 412 }] })
    const { session, outOfStep } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    for (let at = 1; at <= 6; at++) {
      await until(() => server.requests('PATCH').length === 2 * at - 1)
      expect(await session.restart(RESTART_OFFER)).toBeNull()
    }
    await until(() => server.requests('PATCH').length === 13)
    expect(outOfStep()).toBe(3)
    server.script['PATCH'] = [{ status: 200, headers: { ETag: '"second"' }, body: 'a=ice-ufrag:r\r\na=ice-pwd:q\r\n' }, { status: 204 }]
    await session.restart(RESTART_OFFER)
    session.candidate('ysXw', candidate(2))
    await until(() => server.requests('PATCH').at(-1)?.headers['if-match'] === '"second"')
  })

  it('what was refused once is no reason to send none after a restart', async () => {
    const server = await serverWith({ PATCH: [{ status: 428 }, { status: 200, headers: { ETag: '"second"' }, body: 'a=ice-ufrag:r\r\na=ice-pwd:q\r\n' }, { status: 204 }] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1)
    await session.restart(RESTART_OFFER)
    session.candidate('ysXw', candidate(2))
    await until(() => server.requests('PATCH').length === 3)
    expect(server.requests('PATCH')[2]?.body).toContain(candidate(2))
  })

  it.each([503, 429])('%i: not before the time that the server names', async (status) => {
    const server = await serverWith({ PATCH: [{ status, headers: { 'Retry-After': '30' } }, { status: 204 }] })
    const clock = new NotingClock()
    const { session } = sessionAt(server.origin, { clock })
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1 && clock.sleeps.includes(30_000))
    await clock.advance(29_999)
    expect(server.requests('PATCH')).toHaveLength(1)
    await clock.advance(1)
    await until(() => server.requests('PATCH').length === 2)
    expect(server.requests('PATCH')[1]?.body).toContain(candidate(1))
  })

  it('that wait for a busy server go at once when a restart has been answered', async () => {
    const server = await serverWith({ PATCH: [{ status: 503, headers: { 'Retry-After': '3600' } }, { status: 200, headers: { ETag: '"second"' }, body: 'a=ice-ufrag:r\r\na=ice-pwd:q\r\n' }, { status: 204 }] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1)
    await session.restart(RESTART_OFFER)
    session.candidate('ysXw', candidate(2))
    await until(() => server.requests('PATCH').length === 3)
    expect(server.requests('PATCH')[2]?.headers['if-match']).toBe('"second"')
  })

  it('are sent again after a fault of the server', async () => {
    const server = await serverWith({ PATCH: [{ status: 500 }, { status: 204 }] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 2)
    expect(server.requests('PATCH')[1]?.body).toContain(candidate(1))
  })
})

describe('an ICE restart', () => {
  const restarted = (etag: string, ufrag = 'r'): Reply => ({ status: 200, headers: { ETag: etag }, body: `a=ice-ufrag:${ufrag}\r\na=ice-pwd:q\r\n` })

  it('asks for any session, and goes on with the new entity tag and the new candidates only', async () => {
    const server = await serverWith({ PATCH: [restarted('new-one'), { status: 204 }] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    // Found before the restart has been asked for, and for what was before.
    session.candidate('ysXw', candidate(1))
    expect(await session.restart(RESTART_OFFER)).toBe('a=ice-ufrag:r\r\na=ice-pwd:q\r\n')
    session.candidate(UFRAG, candidate(8))
    await until(() => server.requests('PATCH').length === 2)
    const [restart, trickle] = server.requests('PATCH')
    expect(restart).toMatchObject({ headers: { 'if-match': '*', 'content-type': 'application/trickle-ice-sdpfrag', authorization: `Bearer ${TOKEN}` } })
    expect(restart?.body).toContain('a=ice-ufrag:ysXw')
    expect(trickle?.headers['if-match']).toBe('new-one')
    expect(trickle?.body).toContain('a=ice-ufrag:ysXw')
    expect(trickle?.body.match(/a=candidate:\d/g)).toEqual(['a=candidate:1'])
  })

  it('the answer to an older one is ignored', async () => {
    const server = await serverWith({ PATCH: [restarted('"older"', 'old'), restarted('"newer"', 'new'), { status: 204 }] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    const release = server.hold()
    const first = session.restart(RESTART_OFFER).catch((error: unknown) => error)
    await until(() => server.requests('PATCH').length === 1)
    const second = session.restart(RESTART_OFFER.replaceAll('ysXw', 'zzzz'))
    await until(() => server.requests('PATCH').length === 2)
    release()
    expect(await second).toContain('a=ice-ufrag:new')
    expect(await first).toMatchObject({ reason: 'ended' })
    session.candidate('zzzz', candidate(1))
    await until(() => server.requests('PATCH').length === 3)
    expect(server.requests('PATCH')[2]?.headers['if-match']).toBe('"newer"')
  })

  it('the answer to a PATCH from before it counts no more', async () => {
    const server = await serverWith({ PATCH: [{ status: 405 }, restarted('"second"'), { status: 204 }] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    const release = server.hold()
    session.candidate(UFRAG, candidate(1))
    await until(() => server.requests('PATCH').length === 1)
    const restart = session.restart(RESTART_OFFER)
    await until(() => server.requests('PATCH').length === 2)
    release()
    await restart
    session.candidate('ysXw', candidate(2))
    await until(() => server.requests('PATCH').length === 3)
    expect(server.requests('PATCH')[2]?.body).toContain(candidate(2))
  })

  it('of a busy server is asked for again when it says', async () => {
    const server = await serverWith({ PATCH: [{ status: 503, headers: { 'Retry-After': '2' } }, restarted('"second"')] })
    const clock = new NotingClock()
    const { session } = sessionAt(server.origin, { clock })
    await session.open(OFFER)
    const restart = session.restart(RESTART_OFFER)
    await until(() => server.requests('PATCH').length === 1 && clock.sleeps.includes(2000))
    await clock.advance(2000)
    expect(await restart).toContain('a=ice-ufrag:r')
    expect(server.requests('PATCH').map((each) => each.headers['if-match'])).toEqual(['*', '*'])
  })

  it.each<[string, Reply]>([
    ['405', { status: 405 }],
    ['422', { status: 422 }],
    ['501', { status: 501 }],
    ['404', { status: 404 }],
    ['204', { status: 204 }],
    ['200 without a description', { status: 200, body: 'ok' }],
    ['a broken connection', 'reset'],
  ])('%s means that there is none', async (_what, reply) => {
    const server = await serverWith({ PATCH: [reply] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    expect(await session.restart(RESTART_OFFER)).toBeNull()
  })
})

describe('ending a session', () => {
  it('deletes it once, without a condition', async () => {
    const server = await serverWith()
    const { session } = sessionAt(`${server.origin}/whip?key=1`)
    await session.open(OFFER)
    await Promise.all([session.close(1000), session.close(1000)])
    expect(server.requests('DELETE')).toHaveLength(1)
    expect(server.requests('DELETE')[0]).toMatchObject({ path: '/session/1', body: '', headers: { authorization: `Bearer ${TOKEN}` } })
    expect(server.requests('DELETE')[0]?.headers).not.toHaveProperty('if-match')
    session.candidate(UFRAG, candidate(1))
  })

  it.each<[string, Reply]>([
    ['200', { status: 200 }],
    ['204', { status: 204 }],
    ['404', { status: 404 }],
    ['500', { status: 500 }],
    ['silence', 'hang'],
    ['a broken connection', 'reset'],
  ])('%s is fine', async (_what, reply) => {
    const server = await serverWith({ DELETE: [reply] })
    const { session } = sessionAt(server.origin)
    await session.open(OFFER)
    await session.close(200)
    expect(server.requests('DELETE')).toHaveLength(1)
    await until(() => server.sockets.size === 0)
  })

  it('waits for an answer under way, so that the session can be named', async () => {
    const server = await serverWith()
    const release = server.hold()
    const { session } = sessionAt(server.origin)
    const opened = session.open(OFFER).catch(() => {})
    await until(() => server.asked.length === 1)
    const closed = session.close(5000)
    release()
    await Promise.all([opened, closed])
    expect(server.requests('DELETE')).toHaveLength(1)
  })

  it('never says a secret in what it logs', async () => {
    const server = await serverWith({ PATCH: [{ status: 405 }] })
    const { session, log } = sessionAt(`${server.origin}/whip?token=q-secret`)
    await session.open(OFFER)
    session.candidate(UFRAG, candidate(1))
    await session.restart(RESTART_OFFER)
    await session.close(1000)
    expect(log.lines.length).toBeGreaterThan(1)
    expect(log.lines.join('\n')).not.toMatch(/q-secret|very-secret/)
  })
})
