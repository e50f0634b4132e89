import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { FakeClock } from '../../base/fake-clock.ts'
import { silentLogger } from '../../base/logger.ts'
import type { PageConnection } from '../host.ts'
import { openPageServer, type PageServer } from './page-server.ts'

interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
}

let folder: string
let server: PageServer
let origin: string
let clock: FakeClock

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'castwright-server-'))
  await mkdir(join(folder, 'page/assets'), { recursive: true })
  await writeFile(join(folder, 'page/index.html'), '<!doctype html><title>the page</title>')
  await writeFile(join(folder, 'page/assets/app.js'), 'export {}')
  await writeFile(join(folder, 'page/code.wasm'), new Uint8Array([0, 97, 115, 109]))
  await writeFile(join(folder, 'page/strange.exe'), 'x')
  await writeFile(join(folder, 'secret.txt'), 'not for pages')
  await symlink(join(folder, 'secret.txt'), join(folder, 'page/link.txt'))
  clock = new FakeClock()
  server = await openPageServer({
    root: join(folder, 'page'),
    port: 0,
    readAsset: (id) => Promise.resolve(id === 'cat' ? { bytes: Buffer.from('meow'), mimeType: 'image/png' } : id === 'evil' ? { bytes: Buffer.from('<script>'), mimeType: 'text/html' } : null),
    findRecording: (path) => Promise.resolve(path === 'a show/课.mp4' ? { path: join(folder, 'secret.txt'), mimeType: 'video/mp4' } : null),
    clock,
    log: silentLogger,
  })
  origin = server.access.origin
})

afterEach(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

/** A request as any program can make it, with the path exactly as given. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(origin)
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts).toString() }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** Opens the page as the browser does and returns the cookie. */
async function letIn(): Promise<string> {
  const { pathname, search } = new URL(server.access.newAddress())
  const answer = await ask(pathname + search)
  return String(answer.headers['set-cookie']).split(';')[0] ?? ''
}

/** The status with which an upgrade is refused, or `open`. */
function upgrade(path: string, headers: Record<string, string>): Promise<{ outcome: number | 'open'; socket: WebSocket }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(origin.replace('http', 'ws') + path, { headers })
    socket.on('open', () => resolve({ outcome: 'open', socket }))
    socket.on('unexpected-response', (_request, response) => resolve({ outcome: response.statusCode ?? 0, socket }))
    socket.on('error', () => {})
  })
}

const PAGE = '0b9ff7c0-53f1-4a38-a4c1-6d1c2a3b4c5d'

describe('the way in', () => {
  it('refuses everything without the cookie', async () => {
    expect(await ask('/')).toMatchObject({ status: 403, body: expect.not.stringContaining('the page') as string })
    for (const path of ['/index.html', '/assets/app.js', '/assets/cat', '/open', '/open?token=', '/open?token=wrong', '/nothing']) {
      expect(await ask(path), path).toMatchObject({ status: 403, body: '' })
    }
    expect((await ask('/', { cookie: 'castwright=1; other=2' })).status).toBe(403)
  })

  it('gives a strict, script-proof cookie for the token and leads to the clean address', async () => {
    const { pathname, search } = new URL(server.access.newAddress())
    const answer = await ask(pathname + search)
    expect(answer.status).toBe(303)
    expect(answer.headers.location).toBe('/')
    expect(String(answer.headers['set-cookie'])).toMatch(/^castwright_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
  })

  it('takes a token once', async () => {
    const { pathname, search } = new URL(server.access.newAddress())
    expect((await ask(pathname + search)).status).toBe(303)
    expect((await ask(pathname + search)).status).toBe(403)
  })

  it('takes no token after a minute', async () => {
    const { pathname, search } = new URL(server.access.newAddress())
    await clock.advance(60_001)
    expect((await ask(pathname + search)).status).toBe(403)
  })

  it('spends no token on a HEAD, a POST or a foreign page', async () => {
    const { pathname, search } = new URL(server.access.newAddress())
    expect((await ask(pathname + search, {}, 'HEAD')).status).toBe(403)
    expect((await ask(pathname + search, {}, 'POST')).status).toBe(403)
    expect((await ask(pathname + search, { origin: 'http://evil.example' })).status).toBe(403)
    expect((await ask(pathname + search)).status).toBe(303)
  })

  it('refuses another Host, as a name that was made to resolve to this computer would send', async () => {
    const cookie = await letIn()
    const { port } = new URL(origin)
    for (const host of ['evil.example', `evil.example:${port}`, `localhost:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`, `127.0.0.2:${port}`, `[::1]:${port}`]) {
      expect((await ask('/', { cookie, host })).status, host).toBe(403)
    }
    expect((await ask('/', { cookie, host: `127.0.0.1:${port}` })).status).toBe(200)
  })

  it('refuses another Origin', async () => {
    const cookie = await letIn()
    for (const foreign of ['http://evil.example', 'null', 'file://', origin.replace('http:', 'https:'), `${origin}.evil.example`]) {
      expect((await ask('/', { cookie, origin: foreign })).status, foreign).toBe(403)
    }
    expect((await ask('/', { cookie, origin })).status).toBe(200)
  })

  it('refuses methods that change something, with or without a large body', async () => {
    const cookie = await letIn()
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) expect((await ask('/', { cookie }, method)).status, method).toBe(403)
    expect((await ask('/', { cookie }, 'POST', 'x'.repeat(50_000))).status).toBe(403)
  })

  it('refuses headers without an end', async () => {
    expect((await ask('/', { cookie: 'x'.repeat(20_000) })).status).toBe(431)
  })
})

describe('the page', () => {
  it('is served with a strict policy on every answer', async () => {
    const cookie = await letIn()
    for (const path of ['/', '/assets/app.js', '/nothing', '/../x']) {
      const { headers } = await ask(path, { cookie })
      expect(headers['content-security-policy']).toBe(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; media-src 'self' blob: mediastream:; " +
          "font-src 'self'; worker-src 'self' blob:; connect-src 'self' http://127.0.0.1:*; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'",
      )
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      })
    }
  })

  it('has the right types', async () => {
    const cookie = await letIn()
    const typeOf = async (path: string): Promise<unknown> => (await ask(path, { cookie })).headers['content-type']
    expect(await typeOf('/')).toBe('text/html; charset=utf-8')
    expect(await typeOf('/index.html?x=1')).toBe('text/html; charset=utf-8')
    expect(await typeOf('/assets/app.js')).toBe('text/javascript; charset=utf-8')
    expect(await typeOf('/code.wasm')).toBe('application/wasm')
    expect(await typeOf('/strange.exe')).toBe('application/octet-stream')
  })

  it('answers HEAD without a body and says when there is no such file', async () => {
    const cookie = await letIn()
    expect(await ask('/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '38' } })
    expect((await ask('/nothing.js', { cookie })).status).toBe(404)
    expect((await ask('/assets/', { cookie })).status).toBe(404)
    expect((await ask('/favicon.ico', { cookie })).status).toBe(204)
  })

  it('serves kept pictures by id, and nothing kept as a page', async () => {
    const cookie = await letIn()
    expect(await ask('/assets/cat', { cookie })).toMatchObject({ status: 200, body: 'meow', headers: { 'content-type': 'image/png' } })
    expect((await ask('/assets/evil', { cookie })).headers['content-type']).toBe('application/octet-stream')
    expect((await ask('/assets/dog', { cookie })).status).toBe(404)
  })

  it.each([
    '/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/%2e%2e%2fsecret.txt', '/%252e%252e%252fsecret.txt', '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt', '/..%5csecret.txt', '/..\\secret.txt', '//etc/passwd', '/assets//../x', '/%00', '/index.html%00.js', '/C:/x', '/%', '/%ff', '/./index.html', '/link.txt',
  ])('refuses %s', async (path) => {
    const answer = await ask(path, { cookie: await letIn() })
    expect(answer.status).toBe(403)
    expect(answer.body).not.toContain('not for pages')
  })

  it('is given recordings in pieces, and nothing outside their folder', async () => {
    const cookie = await letIn()
    const path = '/recordings/a%20show/%E8%AF%BE.mp4'
    expect(await ask(path, { cookie })).toMatchObject({ status: 200, body: 'not for pages', headers: { 'accept-ranges': 'bytes', 'content-type': 'video/mp4' } })
    expect(await ask(path, { cookie, range: 'bytes=4-6' })).toMatchObject({ status: 206, body: 'for', headers: { 'content-range': 'bytes 4-6/13' } })
    expect(await ask(path, { cookie, range: 'bytes=13-' })).toMatchObject({ status: 416, body: '' })
    expect(await ask(path, { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' })
    expect((await ask('/recordings/..%2fsecret.txt', { cookie })).status).toBe(403)
    expect((await ask('/recordings/../secret.txt', { cookie })).status).toBe(403)
    expect((await ask(path)).status).toBe(403)
  })

  it('refuses an address that is not a path', async () => {
    const cookie = await letIn()
    expect((await ask('http://evil.example/', { cookie })).status).toBe(403)
    expect((await ask('*', { cookie }, 'OPTIONS')).status).toBe(403)
  })
})

describe('the sockets', () => {
  it('open for the page alone', async () => {
    const cookie = await letIn()
    const path = `/rpc?page=${PAGE}`
    expect((await upgrade(path, {})).outcome).toBe(403)
    expect((await upgrade(path, { cookie })).outcome).toBe(403)
    expect((await upgrade(path, { origin })).outcome).toBe(403)
    expect((await upgrade(path, { cookie, origin: 'http://evil.example' })).outcome).toBe(403)
    expect((await upgrade(path, { cookie, origin, host: 'evil.example' })).outcome).toBe(403)
    expect((await upgrade('/rpc', { cookie, origin })).outcome).toBe(403)
    expect((await upgrade('/rpc?page=../..', { cookie, origin })).outcome).toBe(403)
    expect((await upgrade(`/other?page=${PAGE}`, { cookie, origin })).outcome).toBe(403)
    expect((await upgrade(path, { cookie, origin })).outcome).toBe('open')
  })

  it('carry JSON both ways on /rpc and bytes up on /program, tied to one page', async () => {
    const cookie = await letIn()
    const connected = new Promise<PageConnection>((resolve) => server.pages.onPage(resolve))
    expect((await upgrade(`/program?page=${PAGE}`, { cookie, origin })).outcome).toBe(403)
    const rpc = await upgrade(`/rpc?page=${PAGE}`, { cookie, origin })
    const page = await connected

    const fromPage: unknown[] = []
    const gotTwo = new Promise<void>((resolve) => page.rpc.onMessage((message) => fromPage.push(message) === 2 && resolve()))
    rpc.socket.send('{"a":1}')
    rpc.socket.send('not json')
    await gotTwo
    expect(fromPage).toEqual([{ a: 1 }, null])

    const program = new Promise<{ bytes: Uint8Array }>((resolve) =>
      page.onProgram((channel) => {
        channel.send({ type: 'credit', bytes: 7 })
        channel.onMessage((bytes) => resolve({ bytes }))
      }),
    )
    const worker = await upgrade(`/program?page=${PAGE}`, { cookie, origin })
    expect(worker.outcome).toBe('open')
    worker.socket.send('text is not the program')
    worker.socket.send(new Uint8Array([1, 2, 3]))
    expect([...(await program).bytes]).toEqual([1, 2, 3])

    const closed = Promise.all([new Promise((resolve) => page.onClose(() => resolve(null))), new Promise((resolve) => worker.socket.once('close', resolve))])
    rpc.socket.close()
    await closed
  })

  it('are one of each kind: a second rpc is refused, a second program replaces the first', async () => {
    const cookie = await letIn()
    await upgrade(`/rpc?page=${PAGE}`, { cookie, origin })
    expect((await upgrade(`/rpc?page=${PAGE}`, { cookie, origin })).outcome).toBe(403)
    const first = await upgrade(`/program?page=${PAGE}`, { cookie, origin })
    const firstClosed = new Promise((resolve) => first.socket.once('close', resolve))
    expect((await upgrade(`/program?page=${PAGE}`, { cookie, origin })).outcome).toBe('open')
    await firstClosed
  })

  it('carry each content over a socket of its own, and no unknown one', async () => {
    const cookie = await letIn()
    const connected = new Promise<PageConnection>((resolve) => server.pages.onPage(resolve))
    await upgrade(`/rpc?page=${PAGE}`, { cookie, origin })
    const heard: string[] = []
    ;(await connected).onProgram((channel, content) => channel.onMessage(([first]) => heard.push(`${content} ${first}`)))
    const sockets = await Promise.all(['', '&content=main', '&content=aux'].map((content) => upgrade(`/program?page=${PAGE}${content}`, { cookie, origin })))
    expect(sockets.map(({ outcome }) => outcome)).toEqual(['open', 'open', 'open'])
    for (const [index, { socket }] of sockets.entries()) socket.send(new Uint8Array([index]))
    await expect.poll(() => heard.toSorted()).toEqual(['aux 2', 'main 1', 'mix 0'])
    expect((await upgrade(`/program?page=${PAGE}&content=other`, { cookie, origin })).outcome).toBe(403)
    // A second one replaces the first of its content alone.
    const replaced = new Promise((resolve) => sockets[1]?.socket.once('close', resolve))
    await upgrade(`/program?page=${PAGE}&content=main`, { cookie, origin })
    await replaced
    expect(sockets.map(({ socket }) => socket.readyState === WebSocket.OPEN)).toEqual([true, false, true])
  })

  it('belong to the newest load of the page: it takes the place of an older one', async () => {
    const cookie = await letIn()
    const counts: number[] = []
    server.pages.onCount((count) => counts.push(count))
    const [older, newer] = [PAGE, PAGE.replace(/d$/, 'e')]
    const connected: PageConnection[] = []
    const heard: unknown[] = []
    const gone: string[] = []
    server.pages.onPage((page) => {
      connected.push(page)
      page.rpc.onMessage((message) => heard.push(message))
      page.onClose(() => gone.push(page.id))
    })
    const rpc = await upgrade(`/rpc?page=${older}`, { cookie, origin })
    const program = await upgrade(`/program?page=${older}`, { cookie, origin })
    const closed = Promise.all([rpc, program].map(({ socket }) => new Promise<number>((resolve) => socket.once('close', resolve))))
    const next = await upgrade(`/rpc?page=${newer}`, { cookie, origin })
    // One that only steers stands beside the page; one that brings an engine takes its place.
    expect(gone).toEqual([])
    expect((await upgrade(`/program?page=${newer}`, { cookie, origin })).outcome).toBe('open')
    // For main the older one is gone at once, whatever it still says.
    expect(gone).toEqual([connected[0]?.id])
    rpc.socket.send('{"late":1}')
    // The older page can tell that it was replaced from a studio that has ended.
    expect((await closed)[0]).toBe(4001)
    expect(heard).toEqual([])
    expect((await upgrade(`/program?page=${older}`, { cookie, origin })).outcome).toBe(403)
    expect(next.socket.readyState).toBe(WebSocket.OPEN)
    expect(counts).not.toContain(0)
    expect(counts.at(-1)).toBe(1)
  })

  it('close on a message that is too large', async () => {
    const cookie = await letIn()
    await upgrade(`/rpc?page=${PAGE}`, { cookie, origin })
    const program = await upgrade(`/program?page=${PAGE}`, { cookie, origin })
    const code = new Promise<number>((resolve) => program.socket.once('close', resolve))
    program.socket.send(new Uint8Array(16 * 1024 * 1024 + 1))
    expect(await code).toBe(1009)
  })
})

describe('the server', () => {
  it('is on the loopback alone', async () => {
    const { port } = new URL(origin)
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connectTcp({ host: '127.0.0.2', port: Number(port) }, () => resolve(true))
      socket.on('error', () => resolve(false))
    })
    expect(reached).toBe(false)
  })

  it('closes the connection of an upgrade that it refused, although the other side keeps its own open', async () => {
    const { port } = new URL(origin)
    const socket = connectTcp({ host: '127.0.0.1', port: Number(port), allowHalfOpen: true })
    socket.write(`GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
    await new Promise((resolve) => socket.once('end', resolve).resume())
    await server.close()
    socket.destroy()
  })

  it('says which port is taken', async () => {
    const { port } = new URL(origin)
    const again = openPageServer({ root: folder, port: Number(port), readAsset: () => Promise.resolve(null), findRecording: () => Promise.resolve(null), clock, log: silentLogger })
    await expect(again).rejects.toMatchObject({ reason: 'address-unreachable', evidence: expect.stringContaining(port) as string })
  })
})
