import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { NoticeDialect } from '@shared/domain/webhook.ts'
import { systemClock } from '../base/clock.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { Secret } from '../base/secret.ts'
import { checkNotice } from './check-signature.ts'
import { NoticeSender } from './notice-sender.ts'
import type { WebhookTarget } from './webhook-addresses.ts'

const closers: (() => void)[] = []
afterEach(() => closers.splice(0).forEach((close) => close()))

interface Received { url: string; headers: IncomingHttpHeaders; body: string }

async function receiver(answer: RequestListener) {
  const received: Received[] = []
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') })
      answer(request, response)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closers.push(() => void server.closeAllConnections(), () => void server.close())
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`, connections: () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count))) }
}

const KEY = 'abc123DEF'
const target = (url: string, dialect: NoticeDialect = 'room', query = ''): WebhookTarget => ({
  webhook: { id: 'w', name: '', url, dialect, applicationId: '1400000123', groups: ['push'], enabled: true }, key: new Secret(KEY), query: new Secret(query),
})
const never = new AbortController().signal
const send = (to: WebhookTarget, body = '{"é":"你好"}', clock = systemClock, serverNow = clock.now) => new NoticeSender({ clock, serverNow, redact: (text) => text }).send(to, body, never)

describe('NoticeSender', () => {
  it('posts the signed bytes of a room notice, byte for byte', async () => {
    const there = await receiver((_request, response) => response.end('{"code":0}'))
    const result = await send(target(there.url, 'room', '?token=t0ken'))
    expect(result).toMatchObject({ status: 200, answer: '{"code":0}', failure: null })
    expect(Math.abs(result.clockOffsetMs ?? Number.NaN)).toBeLessThan(60_000)
    const [{ url, headers, body }] = there.received as [Received]
    expect({ url, body, type: headers['content-type'], app: headers['sdkappid'] }).toEqual({ url: '/notices?token=t0ken', body: '{"é":"你好"}', type: 'application/json', app: '1400000123' })
    expect(checkNotice({ dialect: 'room', body, sign: String(headers['sign']), key: KEY }, 0).verdict).toBe('valid')
  })

  it('signs a classic notice in its body, for ten minutes', async () => {
    const there = await receiver((_request, response) => response.end())
    await send(target(there.url, 'classic'), '{"event_type":1}')
    const [{ headers, body }] = there.received as [Received]
    expect(headers['sign']).toBeUndefined()
    expect(JSON.parse(body)).toMatchObject({ event_type: 1 })
    expect(checkNotice({ dialect: 'classic', body, sign: '', key: KEY }, Date.now() + 590_000).verdict).toBe('valid')
    expect(checkNotice({ dialect: 'classic', body, sign: '', key: KEY }, Date.now() + 610_000).verdict).toBe('expired')
  })

  it('signs by the receivers’ time where this computer’s clock is wrong', async () => {
    const there = await receiver((_request, response) => response.end())
    const theirs = Date.now() + 3_600_000
    await send(target(there.url, 'classic'), '{"event_type":1}', systemClock, () => theirs)
    const [{ body }] = there.received as [Received]
    expect(checkNotice({ dialect: 'classic', body, sign: '', key: KEY }, theirs + 590_000).verdict).toBe('valid')
    expect(checkNotice({ dialect: 'classic', body, sign: '', key: KEY }, theirs + 610_000).verdict).toBe('expired')
  })

  it.each<[string, RequestListener, object, string]>([
    ['an error', (_request, response) => response.writeHead(500).end(`oh no: ${KEY}`), { status: 500, answer: 'oh no: ***' }, 'notice-refused'],
    ['another success', (_request, response) => response.writeHead(204).end(), { status: 204, answer: '' }, 'notice-refused'],
    ['control characters', (_request, response) => response.writeHead(403).end('a\u0000\u001B[31m\n\nb'), { answer: 'a [31m b' }, 'notice-refused'],
    ['a long page', (_request, response) => response.writeHead(404).end('x'.repeat(100_000)), { answer: 'x'.repeat(300) }, 'notice-refused'],
    ['a closed connection', (request) => request.socket.destroy(), { status: null, answer: 'the connection was reset without a reason' }, 'connection-lost'],
    ['half an answer', (request, response) => { response.writeHead(200, { 'content-length': '100' }).write('half'); setTimeout(() => request.socket.destroy(), 20) }, { status: null }, 'connection-lost'],
  ])('says what came back: %s', async (_what, answer, result, reason) => {
    const there = await receiver(answer)
    const said = await send(target(there.url))
    expect(said).toMatchObject(result)
    expect(said.failure?.reason).toBe(reason)
  })

  it.each([301, 302, 307, 308])('follows no redirect (%i)', async (status) => {
    const elsewhere = await receiver((_request, response) => response.end())
    const there = await receiver((_request, response) => response.writeHead(status, { location: elsewhere.url }).end())
    expect(await send(target(there.url))).toMatchObject({ status, failure: { reason: 'redirect-refused' } })
    expect(elsewhere.received).toEqual([])
  })

  it('waits five seconds for the whole answer, and leaves nothing open', async () => {
    const clock = new FakeClock()
    for (const hang of [() => {}, (_request: unknown, response: { write(text: string): unknown }) => response.write('{')] as RequestListener[]) {
      const there = await receiver(hang)
      const said = send(target(there.url), '{}', clock)
      await expect.poll(() => there.received.length).toBe(1)
      await clock.advance(5000)
      expect(await said).toMatchObject({ status: null, answer: 'no answer within 5 s', tookMs: 5000, failure: { reason: 'connect-timeout' } })
      await expect.poll(there.connections).toBe(0)
    }
    expect(clock.pending).toBe(0)
  })

  it('names what else can go wrong', async () => {
    const free = await receiver(() => {})
    closers.splice(0).forEach((close) => close())
    expect((await send(target(free.url))).failure?.reason).toBe('connection-refused')
    expect((await send(target('http://no-such-host.invalid/'))).failure?.reason).toBe('name-not-resolved')
    const noHttp = createTcpServer((socket: Socket) => void socket.on('error', () => {}).end('RTMP\r\n\r\n'))
    await new Promise<void>((listening) => noHttp.listen(0, '127.0.0.1', listening))
    closers.push(() => void noHttp.close())
    expect((await send(target(`http://127.0.0.1:${(noHttp.address() as AddressInfo).port}/`))).failure?.reason).toBe('protocol-error')
    const plain = await receiver((_request, response) => response.end())
    expect((await send(target(plain.url.replace('http:', 'https:')))).failure?.reason).toBe('tls-failed')
  })

  it('ends with the reason of whoever stops it', async () => {
    const there = await receiver(() => {})
    const stop = new AbortController()
    const said = new NoticeSender({ clock: systemClock, serverNow: systemClock.now, redact: (text) => text }).send(target(there.url), '{}', stop.signal)
    await expect.poll(() => there.received.length).toBe(1)
    stop.abort(new Error('closing'))
    await expect(said).rejects.toThrow('closing')
  })
})
