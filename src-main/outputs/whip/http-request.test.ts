import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { systemClock } from '../../base/clock.ts'
import { FakeWhipServer, type Reply } from './fake-whip-server.ts'
import { sendFollowing } from './http-redirects.ts'
import { httpExchange, type HttpRequest } from './http-request.ts'
import { Secret } from '../../base/secret.ts'

let folder = ''
let certificate = { key: '', cert: '' }
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'whip-test-'))
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', 'key', '-out', 'cert', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'], { cwd: folder, stdio: 'pipe' })
  certificate = { key: readFileSync(join(folder, 'key'), 'utf8'), cert: readFileSync(join(folder, 'cert'), 'utf8') }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const LIMITS = { timeoutMs: 2000, maxBodyBytes: 1000 }
const post = (url: string): HttpRequest => ({ method: 'POST', url: new URL(url), headers: { 'X-Asked': 'yes' }, body: 'ä' })
const exchange = (url: string, trust = { certificateAuthority: '', verifyCertificate: true }, limits = LIMITS, signal = new AbortController().signal) =>
  httpExchange(post(url), trust, systemClock, signal, limits)
const reasonOf = (work: Promise<unknown>) => work.then(() => 'fine', (error: unknown) => (error instanceof StudioError ? error.reason : error))

async function withServer<T>(reply: Reply, use: (server: FakeWhipServer) => Promise<T>, secure = false): Promise<T> {
  const server = await new FakeWhipServer({ POST: [reply] }, secure ? certificate : null).listen()
  try {
    return await use(server)
  } finally {
    await server.close()
  }
}

async function withTcpServer<T>(onSocket: (socket: import('node:net').Socket) => void, use: (port: number) => Promise<T>): Promise<T> {
  const sockets = new Set<import('node:net').Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    onSocket(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    return await use((server.address() as AddressInfo).port)
  } finally {
    for (const socket of sockets) socket.destroy()
    server.close()
  }
}

describe('an HTTP exchange', () => {
  it('gives back status, headers and body, and leaves no connection open', async () => {
    await withServer({ status: 299, headers: { Link: ['<a>', '<b>'], ETag: '*' }, body: 'é' }, async (server) => {
      const answer = await exchange(`${server.origin}/p?q=1`)
      expect(answer).toMatchObject({ status: 299, body: 'é', url: { href: `${server.origin}/p?q=1` } })
      expect(answer.headers.get('link')).toEqual(['<a>', '<b>'])
      expect(answer.headers.get('etag')).toEqual(['*'])
      expect(server.asked[0]).toMatchObject({ method: 'POST', path: '/p?q=1', body: 'ä', headers: { 'x-asked': 'yes', 'content-length': '2', 'user-agent': 'Castwright' } })
      while (server.sockets.size > 0) await systemClock.sleep(2)
    })
  })

  it('trusts what the destination trusts', async () => {
    await withServer({ status: 200 }, async ({ origin }) => {
      expect(await reasonOf(exchange(origin))).toBe('certificate-unknown-issuer')
      expect(await reasonOf(exchange(origin, { certificateAuthority: certificate.cert, verifyCertificate: true }))).toBe('fine')
      expect(await reasonOf(exchange(origin.replace('localhost', '127.0.0.1'), { certificateAuthority: certificate.cert, verifyCertificate: true }))).toBe('certificate-wrong-host')
      expect(await reasonOf(exchange(origin, { certificateAuthority: '', verifyCertificate: false }))).toBe('fine')
      expect(await reasonOf(exchange(origin, { certificateAuthority: 'none', verifyCertificate: true }))).toBe('certificate-unknown-issuer')
    }, true)
  })

  it('says how far it came', async () => {
    expect(await reasonOf(exchange('http://name.invalid/'))).toBe('name-not-resolved')
    const port = await withTcpServer(() => {}, (port) => Promise.resolve(port))
    expect(await reasonOf(exchange(`http://127.0.0.1:${port}/`))).toBe('connection-refused')
    expect(await withTcpServer((socket) => void socket.end('no http\r\n\r\n'), (port) => reasonOf(exchange(`http://127.0.0.1:${port}/`)))).toBe('protocol-error')
    expect(await withTcpServer((socket) => void socket.end('no tls\r\n\r\n'), (port) => reasonOf(exchange(`https://127.0.0.1:${port}/`)))).toBe('tls-failed')
    expect(await withTcpServer(() => {}, (port) => reasonOf(exchange(`https://127.0.0.1:${port}/`, undefined, { ...LIMITS, timeoutMs: 100 })))).toBe('connect-timeout')
    expect(await withServer('reset', ({ origin }) => reasonOf(exchange(origin)))).toBe('connection-lost')
    expect(await withServer('hang', ({ origin }) => reasonOf(exchange(origin, undefined, { ...LIMITS, timeoutMs: 300 })))).toBe('publish-timeout')
    expect(await withServer({ status: 200, body: 'x'.repeat(1001) }, ({ origin }) => reasonOf(exchange(origin)))).toBe('protocol-error')
  })

  it('a body that never ends is given up', async () => {
    const half = 'HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\nv=0'
    expect(await withTcpServer((socket) => void socket.write(half), (port) => reasonOf(exchange(`http://127.0.0.1:${port}/`, undefined, { ...LIMITS, timeoutMs: 300 })))).toBe('publish-timeout')
    expect(await withTcpServer((socket) => void socket.end(half), (port) => reasonOf(exchange(`http://127.0.0.1:${port}/`)))).toBe('connection-lost')
  })

  it('ends with the reason of its signal', async () => {
    await withServer('hang', async (server) => {
      const stop = new AbortController()
      const reason = new StudioError('stopped')
      const asked = exchange(server.origin, undefined, LIMITS, stop.signal).catch((error: unknown) => error)
      while (server.asked.length === 0) await systemClock.sleep(2)
      stop.abort(reason)
      expect(await asked).toBe(reason)
      expect(await exchange(server.origin, undefined, LIMITS, stop.signal).catch((error: unknown) => error)).toBe(reason)
      expect(server.asked).toHaveLength(1)
    })
  })

  it('never follows a redirect from https to http', async () => {
    await withServer({ status: 200 }, async (plain) => {
      await withServer({ status: 307, headers: { Location: `${plain.origin}/` } }, async (secure) => {
        const request = { ...post(secure.origin), headers: {} }
        const trust = { certificateAuthority: certificate.cert, verifyCertificate: true }
        const tokens = { token: new Secret('t'), origin: secure.origin, followsRedirects: true }
        const send = (each: HttpRequest) => httpExchange(each, trust, systemClock, new AbortController().signal, LIMITS)
        expect(await reasonOf(sendFollowing(request, tokens, send))).toBe('redirect-refused')
        expect(plain.asked).toEqual([])
        secure.script['POST'] = [{ status: 307, headers: { Location: '/there' } }, { status: 200 }]
        expect(await reasonOf(sendFollowing(request, tokens, send))).toBe('fine')
      }, true)
    })
  })
})
