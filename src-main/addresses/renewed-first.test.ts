import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { newDestination, type DestinationKind } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { JsonStore } from '../base/json-store.ts'
import type { OutputRun } from '../outputs/output.ts'
import { Destinations } from '../settings/destinations.ts'
import { memorySecrets } from '../settings/run-destinations.ts'
import { makeToken } from './make-token.ts'
import { renewedFirst } from './renewed-first.ts'

const MINUTE_MS = 60_000
const closers: (() => void)[] = []
afterEach(() => closers.splice(0).forEach((close) => close()))

/** A token by its own account good for so long from `nowMs` on. */
const jwt = (nowMs: number, minutes: number, name = 't') => `${name}x.${btoa(JSON.stringify({ exp: Math.floor((nowMs + minutes * MINUTE_MS) / 1000) })).replaceAll('=', '')}.sig`
const room = (sig: string) => `room1?sdkappid=14000&userid=ann&usersig=${sig}`

/** The user's own server: answers with what `give` says; null = HTTP 500. */
async function serveTokens(give: () => object | null) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`)
    const answer = give()
    response.writeHead(answer ? 200 : 500).end(answer ? JSON.stringify(answer) : '')
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  closers.push(() => (server.closeAllConnections(), server.close()))
  return { asked, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token` }
}

/** A destination as it is really kept, and an output that ends at once and says with which key it was begun. */
async function studio(kind: DestinationKind, key: string, give: () => object | null, clock = new FakeClock(), failure: (key: string, run: OutputRun) => StudioError = () => new StudioError('connection-lost')) {
  const { asked, address } = await serveTokens(give)
  const told: string[] = []
  const secrets = memorySecrets()
  const destinations = await Destinations.open({ store: JsonStore.inMemory([]), secrets, onSecret: (value) => told.push(value), onFailure() {} })
  const place = { rtmp: 'rtmp://h/push', whip: 'https://h/whip' }[kind as 'rtmp' | 'whip']
  await destinations.save({ destination: newDestination({ id: 'a', name: 'A', kind, address: place, enabled: true }), key, tokenSource: { address, method: 'GET', bearer: 'my-access-token', room: 'room1', userId: 'ann' } })
  const used: string[] = []
  const failures: StudioError[] = []
  const first = destinations.targets.value[0]!
  const open = renewedFirst(
    { latest: (id) => destinations.targets.value.find(({ destination }) => destination.id === id) ?? null, keep: destinations.renewKey, onFailure: (failure) => failures.push(failure), clock },
    (target, given) => (used.push(target.key.reveal()), Promise.reject(failure(target.key.reveal(), given))),
  )
  const stop = new AbortController()
  const run = { signal: stop.signal, connected() {} } as Partial<OutputRun> as OutputRun
  /** As the runner does it: with the target that it was started with. */
  const attempt = () => open(first, run).catch((thrown: unknown) => StudioError.from(thrown))
  return { attempt, used, asked, told, failures, destinations, secrets, stop, address }
}

describe('renewedFirst', () => {
  it('fetches a fresh token when the kept one is nearly over, keeps it, and asks no more while that lasts', async () => {
    const clock = new FakeClock()
    const [old, fresh] = [jwt(clock.now(), 9), jwt(clock.now(), 60, 'fresh')]
    const { attempt, used, asked, told, secrets } = await studio('whip', old, () => ({ token: fresh }), clock)
    await attempt()
    await attempt()
    expect(used).toEqual([fresh, fresh])
    expect(asked).toEqual(['GET /token?room=room1&userId=ann Bearer my-access-token'])
    expect(await secrets.get('a')).toBe(fresh)
    expect(told).toEqual(expect.arrayContaining([fresh, 'my-access-token']))
  })

  it('leaves a token alone that lasts', async () => {
    const clock = new FakeClock()
    const key = jwt(clock.now(), 11)
    const { attempt, used, asked } = await studio('whip', key, () => ({ token: 'never' }), clock)
    await attempt()
    expect({ used, asked }).toEqual({ used: [key], asked: [] })
  })

  it('changes only the signature of a room’s stream key', async () => {
    const { attempt, used } = await studio('rtmp', room('old'), () => ({ data: { userSig: 'eJw-new*_' } }))
    await attempt()
    expect(used).toEqual([room('eJw-new*_')])
  })

  it('reads how long a UserSig lasts out of the stream key', async () => {
    const clock = new FakeClock(Date.now())
    const made = (lifeSeconds: number) => makeToken({ sdkAppId: 14_000, secretKey: 'k', userId: 'ann', lifeSeconds, room: '', rights: null }).userSig
    const lasting = await studio('rtmp', room(made(3600)), () => ({ userSig: 'x' }), clock)
    await lasting.attempt()
    expect(lasting.asked).toEqual([])
    const short = await studio('rtmp', room(made(300)), () => ({ userSig: 'x' }), clock)
    await short.attempt()
    expect(short.used).toEqual([room('x')])
  })

  it('goes on with a token that may still do when there is no fresh one, and fails with one that is over', async () => {
    const clock = new FakeClock()
    const still = await studio('whip', jwt(clock.now(), 5), () => null, clock)
    await still.attempt()
    expect(still.used).toHaveLength(1)
    expect(still.failures).toMatchObject([{ reason: 'server-error', evidence: 'token address: HTTP 500' }])
    const over = await studio('whip', jwt(clock.now(), -5), () => null, clock)
    expect(await over.attempt()).toMatchObject({ reason: 'server-error', evidence: 'token address: HTTP 500' })
    expect(over.used).toEqual([])
  })

  it.each(['token-rejected', 'token-expired', 'signature-wrong', 'key-rejected'] as const)('tries once more with a fresh one when the server refuses the kept one (%s)', async (reason) => {
    const clock = new FakeClock()
    const key = jwt(clock.now(), 60)
    const { attempt, used, asked } = await studio('whip', key, () => ({ token: 'a-fresh-token' }), clock, () => new StudioError(reason))
    expect(await attempt()).toMatchObject({ reason })
    expect({ used, asked: asked.length }).toEqual({ used: [key, 'a-fresh-token'], asked: 1 })
  })

  it.each<[string, (run: OutputRun) => StudioError, () => object | null, number]>([
    ['another failure', () => new StudioError('connection-refused'), () => ({ token: 'fresh' }), 0],
    ['a refusal of what was taken before', (run) => (run.connected(), new StudioError('token-rejected')), () => ({ token: 'fresh' }), 0],
    ['a server that gives the same token again', () => new StudioError('token-rejected'), () => ({ token: jwt(new FakeClock().now(), 60) }), 1],
    ['a token address that fails', () => new StudioError('token-rejected'), () => null, 1],
  ])('does not try twice for %s', async (_what, failure, give, askedTimes) => {
    const clock = new FakeClock()
    const { attempt, used, asked } = await studio('whip', jwt(clock.now(), 60), give, clock, (_key, run) => failure(run))
    expect(await attempt()).toMatchObject({ reason: expect.stringMatching(/connection-refused|token-rejected/) })
    expect([used.length, asked.length]).toEqual([1, askedTimes])
  })

  it('ends at once when it is stopped while it asks', async () => {
    const { attempt, stop, used } = await studio('whip', '', () => new Promise(() => {}))
    const waiting = attempt()
    stop.abort(new StudioError('stopped'))
    expect(await waiting).toMatchObject({ reason: 'stopped' })
    expect(used).toEqual([])
  })
})

describe('a destination’s token address', () => {
  it('is a secret like its key: kept through restarts, shown on demand, gone with another kind and with the destination', async () => {
    const { destinations, secrets, address } = await studio('whip', 'k', () => null)
    const seen = JSON.stringify(destinations.list.value) + JSON.stringify(destinations.targets.value)
    expect(seen).not.toMatch(/my-access-token|127\.0\.0\.1/)
    expect(destinations.list.value).toMatchObject([{ renews: true }])
    const [view] = destinations.targets.value
    const again = await Destinations.open({ store: JsonStore.inMemory([view!.destination]), secrets, onSecret() {}, onFailure() {} })
    expect(again.revealKey({ destinationId: 'a' }).tokenSource).toEqual({ address, method: 'GET', bearer: 'my-access-token', room: 'room1', userId: 'ann' })
    await again.save({ destination: { ...view!.destination, name: 'B' } })
    expect(again.list.value[0]?.renews).toBe(true)
    await again.save({ destination: { ...view!.destination, kind: 'srt', address: 'srt://h:9000' } })
    expect([again.list.value[0]?.renews, await secrets.get('a.tokens')]).toEqual([undefined, null])
    await destinations.remove({ destinationId: 'a' })
    expect(await secrets.get('a.tokens')).toBeNull()
  })
})
