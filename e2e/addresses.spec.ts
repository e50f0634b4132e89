import { expect, test } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { addresses } from '../src-shared/contracts/addresses.ts'
import { destinations } from '../src-shared/contracts/destinations.ts'
import { studio as studioContract } from '../src-shared/contracts/studio.ts'
import { signStreamName } from '../src-shared/domain/addresses/push-signature.ts'
import { newDestination } from '../src-shared/domain/destination.ts'
import { MediaServer } from './fixtures/media-server.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { Studio } from './fixtures/studio.ts'

/** Signed addresses and tokens in a running studio: what runs out or lacks a right is refused by name, and nothing secret is told. */

const secret = () => `s3cret${randomBytes(10).toString('hex')}`
const signed = (name: string, hash: string, inMinutes: number): string => signStreamName(name, 'k', Date.now() + inMinutes * 60_000, () => hash)

let server: MediaServer
let studio: SteeredStudio
test.beforeAll(async () => {
  server = await MediaServer.start()
  studio = await SteeredStudio.start(patternShow({ width: 320, height: 180, videoKbps: 300 }), { args: ['--log-level', 'debug'] })
})
test.afterAll(async () => {
  await studio?.close()
  await server?.close()
})

async function makeMapKey(): Promise<string> {
  const { privateMapKey } = await studio.rpc.service(addresses).makeToken({
    sdkAppId: 1_400_000_001, userId: 'ann', signing: { keptAs: 'trtc:1400000001', key: secret(), keep: false }, lifeSeconds: 3600, room: 'room_a', rights: ['enterRoom', 'sendAudio'],
  })
  return privateMapKey
}

/** The user's own server that gives out stream keys to who has the bearer; and how often it was asked. */
async function serveKeys(key: string, bearer: string) {
  const asked = { times: 0 }
  const own = createServer((request, response) => {
    asked.times++
    const known = request.headers.authorization === `Bearer ${bearer}`
    response.writeHead(known ? 200 : 401).end(known ? JSON.stringify({ data: { stream_key: key } }) : '')
  })
  await new Promise<void>((listening) => { own.listen(0, '127.0.0.1', listening) })
  return { asked, address: `http://127.0.0.1:${(own.address() as AddressInfo).port}/keys`, close: () => { own.closeAllConnections(); own.close() } }
}

test('what has run out or lacks a right is refused by name, beside one that is live; one that is running out is announced', async () => {
  const [overHash, endingHash, typed, goneHash, freshHash, bearer] = [secret(), secret(), secret(), secret(), secret(), secret()]
  const keys = await serveKeys(signed('n-3-fresh', freshHash, 60), bearer)
  const mapKey = await makeMapKey()
  const over = await studio.addDestination({ address: server.address, key: signed('n-1-past', overHash, -1), name: 'Over' })
  const ending = await studio.addDestination({ address: server.address, key: signed('n-2-soon', endingHash, 5), name: 'Ending' })
  const lacking = await studio.addDestination({ address: 'rtmp://127.0.0.1:9/push', key: `room_a?sdkappid=1&userid=ann&usersig=${mapKey}`, name: 'Lacking' })
  const renewing = await studio.addDestination({ address: server.address, key: signed('n-3-gone', goneHash, -1), name: 'Renewing' })
  const view = (await studio.rpc.state(destinations, 'list')).find(({ id }) => id === renewing)!
  await studio.rpc.service(destinations).save({ destination: newDestination(view), tokenSource: { address: keys.address, method: 'GET', bearer, room: '', userId: '' } })
  const facts = await studio.rpc.state(addresses, 'facts')
  expect(facts.find((each) => each.destinationId === lacking)).toMatchObject({ missing: ['sendVideo'], token: { room: 'room_a', user: 'ann' } })

  await studio.onlyDestinations(over, ending, lacking, renewing)
  await studio.goLive()
  await studio.output(ending, ({ state }) => state === 'running')
  expect(await studio.output(renewing, ({ state, final }) => state === 'running' || final)).toMatchObject({ state: 'running', failure: null })
  expect(keys.asked.times).toBe(1)
  expect((await studio.output(over, ({ final }) => final)).failure).toMatchObject({ reason: 'token-expired' })
  expect((await studio.output(lacking, ({ final }) => final)).failure).toMatchObject({ reason: 'right-missing', evidence: 'send video (16)' })
  const notices = await studio.rpc.stateWhen(studioContract, 'notices', (list) => list.some(({ reason }) => reason === 'token-expiring'))
  expect(notices.find(({ reason }) => reason === 'token-expiring')).toMatchObject({ level: 'warning', evidence: expect.stringMatching(/^Ending: \d{4}-/) })
  await studio.endShow()
  keys.close()

  await expect(studio.addDestination({ address: `srt://exa mple?passphrase=${typed}`, key: typed })).rejects.not.toThrow(typed)
  const traces = (await studio.studio.tracesText()) + (await studio.page.content()) + JSON.stringify([facts, notices])
  expect(traces).toContain('token-expired')
  for (const each of [overHash, endingHash, mapKey, typed, goneHash, freshHash, bearer]) expect(traces).not.toContain(each)
})

test('every kind of destination is kept without its secrets in the settings, the log or the page', async () => {
  const [streamId, passphrase, token, userInfo, query] = [secret(), secret(), secret(), secret(), secret()]
  const { save, revealKey } = studio.rpc.service(destinations)
  const of = (id: string, kind: 'srt' | 'whip' | 'hls', address: string) => newDestination({ id, kind, address, name: id, enabled: false })
  expect(await save({ destination: of('srt-1', 'srt', `srt://127.0.0.1:9?streamid=${streamId}&passphrase=${passphrase}&latency=300`) })).toMatchObject({ address: 'srt://127.0.0.1:9', hasKey: true, hasPassphrase: true, srt: { latencyMs: 300 } })
  expect(await revealKey({ destinationId: 'srt-1' })).toEqual({ key: streamId, passphrase, query: '' })
  expect(await save({ destination: of('whip-1', 'whip', `https://me:${userInfo}@127.0.0.1:9/whip?room=1`), key: `Bearer ${token}` })).toMatchObject({ address: 'https://127.0.0.1:9/whip', hasKey: true, hasQuery: true })
  expect(await save({ destination: of('hls-1', 'hls', '/tmp/My stream'), key: token })).toMatchObject({ address: '/tmp/My stream', hasKey: false })
  await save({ destination: of('whip-2', 'whip', `https://127.0.0.1:9/other?token=${query}`) })
  await expect(studio.page.getByText('https://127.0.0.1:9/other')).toBeVisible()
  const traces = (await studio.studio.tracesText()) + (await studio.page.content())
  for (const each of [streamId, passphrase, token, userInfo]) expect(traces).not.toContain(each)
  expect((await studio.page.content()) + JSON.stringify(await studio.rpc.state(destinations, 'list'))).not.toContain(query)
  expect((await revealKey({ destinationId: 'whip-2' })).query).toBe(`?token=${query}`)
})

test('--to names what is wrong with an address of any kind, without its secrets', async () => {
  const folder = await TestFolder.create()
  try {
    for (const [address, said] of [
      ['srt://127.0.0.1?passphrase=verysecretkey', 'there is no port'], ['srt://127.0.0.1:9?passphrase=secretkey', '10 to 79'], ['http://example.com/whip verysecretkey', 'use https'], ['https://exa_mple%/whip verysecretkey', 'not allowed'],
    ] as const) {
      const run = await Studio.start({ args: ['--for', '1', '--to', address] })
      try {
        expect(await run.ended(15_000)).toBe(2)
        expect(run.stderr).toContain(said)
        expect(run.stderr).not.toContain('secretkey')
      } finally {
        await run.close()
      }
    }
  } finally {
    await folder.close()
  }
})
