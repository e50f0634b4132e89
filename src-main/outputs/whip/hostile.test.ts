import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../base/clock.ts'
import { Secret } from '../../base/secret.ts'
import { fakeLog } from './fake-log.ts'
import { OFFER } from './sdp-sample.ts'
import { WhipSession } from './whip-session.ts'
import { whepRequests } from './whep-requests.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** A server that says what the test wants on each connection, byte by byte. */
async function rawServer(talk: (socket: Socket) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    closers.push(() => socket.destroy())
    socket.once('data', () => talk(socket))
  })
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
  closers.push(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/whip`
}

const session = (address: string, token = 't-secret', timeoutMs = 300) =>
  new WhipSession({
    endpoint: new URL(address), token: new Secret(token), tokenFollowsRedirects: false, trust: { certificateAuthority: '', verifyCertificate: true },
    clock: systemClock, log: fakeLog(), http: { timeoutMs, maxBodyBytes: 64 * 1024 }, onOutOfStep: () => {},
  })

describe('a server that means no good', () => {
  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['headers without end', (socket) => {
      socket.write('HTTP/1.1 201 Created\r\n')
      const stop = systemClock.every(5, () => socket.write(`X-${Math.trunc(performance.now())}: y\r\n`))
      closers.push(stop)
    }, /publish-timeout|protocol-error/],
    ['a body without end', (socket) => {
      socket.write('HTTP/1.1 201 Created\r\nContent-Type: application/sdp\r\nLocation: /s\r\n\r\n')
      closers.push(systemClock.every(1, () => socket.write('x'.repeat(20_000))))
    }, /protocol-error/],
    ['a body that drips', (socket) => {
      socket.write('HTTP/1.1 201 Created\r\nContent-Type: application/sdp\r\nLocation: /s\r\nContent-Length: 1000\r\n\r\n')
      closers.push(systemClock.every(50, () => socket.write('v')))
    }, /publish-timeout/],
    ['huge headers', (socket) => socket.write(`HTTP/1.1 201 Created\r\nX: ${'y'.repeat(200_000)}\r\n\r\n`), /protocol-error/],
    ['half a body', (socket) => socket.end('HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\nv=0'), /connection-lost/],
    ['no HTTP', (socket) => socket.write('SSH-2.0-OpenSSH_9.2\r\n'), /protocol-error/],
    ['an upgrade', (socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'), /connection-lost|publish-timeout|protocol-error/],
    ['informational answers without end', (socket) => {
      closers.push(systemClock.every(5, () => socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')))
    }, /publish-timeout/],
  ])('%s: is left in time, with a reason', async (_what, talk, reason) => {
    const failure = await session(await rawServer(talk)).open(OFFER).catch((error: unknown) => error)
    expect(String((failure as { reason?: string }).reason)).toMatch(reason)
    expect(JSON.stringify(failure)).not.toContain('t-secret')
  })

  it('that redirects slowly does not hold the offer longer than one answer may take', async () => {
    let asked = 0
    const address = await rawServer((socket) => {
      asked++
      void systemClock.sleep(200).then(() => socket.end('HTTP/1.1 307 Temporary Redirect\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n'))
    })
    await expect(session(address, '', 300).open(OFFER)).rejects.toMatchObject({ reason: 'publish-timeout' })
    expect(asked).toBeLessThan(6)
  })
})

it('a token that no header can carry is refused as such, without a word of it', async () => {
  for (const token of ['t-secret\u{1F600}', 't-secret\r\nX: y']) {
    const failure = await session('http://127.0.0.1:9/whip', token).open(OFFER).catch((error: unknown) => error)
    expect(failure).toMatchObject({ reason: 'input-invalid' })
    expect(String(failure)).not.toContain('t-secret')
    await expect(Promise.resolve(whepRequests(systemClock).play({ address: 'http://127.0.0.1:9/whep', token, method: 'POST', contentType: '', body: '', session: '' }))).rejects.toMatchObject({ reason: 'input-invalid' })
  }
})
