import { createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { newDestination, type Destination } from '@shared/domain/destination.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { systemClock } from '../../base/clock.ts'
import { silentLogger } from '../../base/logger.ts'
import { Secret } from '../../base/secret.ts'
import { FakeWhipServer, type Reply } from '../../outputs/whip/fake-whip-server.ts'
import type { Target } from '../../settings/destinations.ts'
import { systemLookUp, type LookUp } from '../network/stage-times.ts'
import { showDestinations } from './show-destinations.ts'

const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const target = (part: Partial<Destination> & Pick<Destination, 'id'>, key = ''): Target => ({
  destination: newDestination({ name: part.id, kind: 'rtmp', address: '', enabled: true, ...part }), key: new Secret(key), passphrase: new Secret(''),
})
const found = (targets: Target[], { lookUp = systemLookUp, clock = systemClock, signal = new AbortController().signal } = {}) =>
  showDestinations({ targets: () => targets, lookUp, clock }).perform({ log: silentLogger, clock, signal, options: {}, progress() {} })

/** Takes connections and says nothing. */
async function listening(): Promise<{ port: number; server: Server }> {
  const server = createServer((socket) => socket.on('error', () => {}))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => new Promise((resolve) => server.close(resolve)))
  return { port: (server.address() as AddressInfo).port, server }
}
async function closedPort(): Promise<number> {
  const { port, server } = await listening()
  closing.pop()
  await new Promise((resolve) => server.close(resolve))
  return port
}
async function whip(reply: Reply): Promise<{ server: FakeWhipServer; target: Target }> {
  const server = await new FakeWhipServer({ OPTIONS: [reply] }).listen()
  closing.push(() => server.close())
  return { server, target: target({ id: 'whip', kind: 'whip', address: `${server.origin}/whip?token=se-cr-et-query` }, 'se-cr-et-token') }
}

describe('show.destinations', () => {
  it('passes where servers take a connection, and where there is none to ask', async () => {
    const { port } = await listening()
    expect(await found([target({ id: 'a', address: `rtmp://127.0.0.1:${port}/live` }), target({ id: 'rehearsal', kind: 'rehearsal' }), target({ id: 'folder', kind: 'hls', address: '/tmp/hls' })])).toMatchObject({ status: 'pass', code: 'good', params: { n: 3 } })
  })

  it('says that none is on', async () => {
    expect(await found([target({ id: 'off', enabled: false, address: 'rtmp://127.0.0.1:9/live' })])).toMatchObject({ status: 'fail', code: 'none-on' })
  })

  it('says which server takes no connection', async () => {
    const { port } = await listening()
    const failed = await found([target({ id: 'a', address: `rtmp://127.0.0.1:${port}/live` }), target({ id: 'b', address: `rtmp://127.0.0.1:${await closedPort()}/live` })])
    expect(failed).toMatchObject({ status: 'fail', code: 'refused', params: { names: 'b' }, about: 'b', actions: ['go-to-destination'] })
  })

  it('says that there is no such name, and that an address is none', async () => {
    const lookUp: LookUp = async () => { throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' }) }
    expect(await found([target({ id: 'a', address: 'rtmp://nowhere.example/live' })], { lookUp })).toMatchObject({ status: 'fail', code: 'not-found' })
    expect(await found([target({ id: 'a', address: 'rtmp://' })])).toMatchObject({ status: 'fail', code: 'address' })
  })

  it('says that what answers speaks no TLS', async () => {
    const { target: { destination } } = await whip({ status: 204 })
    expect(await found([target({ id: 'a', kind: 'whip', address: destination.address.replace('http:', 'https:') })])).toMatchObject({ status: 'fail', code: 'tls' })
  })

  it('leaves a name server that does not answer in time, with nothing left open', async () => {
    const clock = new FakeClock()
    const looked = found([target({ id: 'a', address: 'rtmp://slow.example/live' })], { clock, lookUp: () => new Promise(() => {}) })
    await clock.advance(1500)
    expect(await looked).toMatchObject({ status: 'fail', code: 'unreachable' })
    expect(clock.pending).toBe(0)
  })

  it('ends when it is called off', async () => {
    const clock = new FakeClock()
    const ending = new AbortController()
    const looked = found([target({ id: 'a', address: 'rtmp://slow.example/live' })], { clock, signal: ending.signal, lookUp: () => new Promise(() => {}) })
    ending.abort(new Error('off'))
    await expect(looked).rejects.toThrow('off')
    expect(clock.pending).toBe(0)
  })

  it.each([401, 403])('says that a WHIP server answers %i to the token, and nothing else of it', async (status) => {
    const { server, target: whipTarget } = await whip({ status })
    const refused = await found([whipTarget])
    expect(refused).toMatchObject({ status: 'fail', code: 'key-refused', about: 'whip', evidence: `HTTP ${status}` })
    expect(JSON.stringify(refused)).not.toContain('se-cr-et')
    expect(server.asked.map(({ method, headers }) => [method, headers.authorization])).toEqual([['OPTIONS', 'Bearer se-cr-et-token']])
  })

  it('does not ask about a token that will be fetched anew', async () => {
    const { server, target: whipTarget } = await whip({ status: 401 })
    expect(await found([{ ...whipTarget, tokenSource: new Secret('{}') }])).toMatchObject({ status: 'pass' })
    expect(server.asked).toEqual([])
  })

  it.each<Reply>([{ status: 204 }, { status: 404 }, { status: 405 }, { status: 302, headers: { Location: '/elsewhere' } }, { status: 200, body: 'x'.repeat(100_000) }, 'reset'])('takes %j from a WHIP server for no word about the token', async (reply) => {
    const { target: whipTarget } = await whip(reply)
    expect(await found([whipTarget])).toMatchObject({ status: 'pass' })
  })
})
