import { expect, test } from '@playwright/test'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { destinations } from '../src-shared/contracts/destinations.ts'
import type { ProgramContent } from '../src-shared/domain/program-content.ts'
import { addDestination } from './fixtures/add-destination.ts'
import { cameraShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'
import { WhipServer } from './fixtures/whip-server.ts'

// What a WHIP server may answer, tried from the studio with real media: studio → werift.

/** Smaller than its camera, so that the two can be told apart. */
const SHOW = cameraShow({ width: 320, height: 180, videoKbps: 400 })
const TOKEN = 'e2e-whip-token'

let server: WhipServer
let studio: SteeredStudio
test.beforeEach(async () => {
  server = await WhipServer.start()
  studio = await SteeredStudio.start(SHOW)
})
test.afterEach(async () => {
  await studio?.close()
  await server?.close()
})

async function goLive(): Promise<string> {
  const id = await addDestination(studio, { kind: 'whip', address: `${server.address}?channel=7`, whip: { degradation: 'maintain-resolution' } }, { key: TOKEN })
  await studio.onlyDestinations(id)
  await studio.goLive()
  return id
}

test('busy, then elsewhere, then in: a time to wait is kept, a redirect is followed, media arrives, and the end is told', async () => {
  server.faults.push(
    { method: 'POST', status: 503, headers: { 'retry-after': '4' }, body: 'full' },
    { method: 'POST', status: 307, headers: { location: '/elsewhere' } },
  )
  server.etag = 'W/"as it comes"'
  const id = await goLive()
  expect((await studio.output(id, ({ failure }) => failure?.reason === 'server-busy')).state).toBe('connecting')
  await studio.output(id, ({ state }) => state === 'running')
  await server.receives()
  const [first, second, third] = server.requests('POST')
  expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(4000)
  expect([second?.path, third?.path]).toEqual(['/whip?channel=7', '/elsewhere'])
  expect(server.asked.map((each) => each.authorization)).toEqual(server.asked.map(() => `Bearer ${TOKEN}`))

  const figures = await studio.rpc.stateWhen(broadcast, 'figures', ({ outputs }) => outputs[id]?.stage === 'sending' && (outputs[id].line?.width ?? 0) > 0)
  expect(figures.outputs[id]?.framesDropped).toBe(0)
  expect(figures.outputs[id]?.line?.codec).toMatch(/^H264/i)

  await studio.endShow()
  await until('the server was told', () => server.last.ended)
  expect(server.requests('DELETE').map(({ path, ifMatch }) => [path, ifMatch])).toEqual([['/session/1', undefined]])
  expect(await studio.studio.tracesText()).not.toContain(TOKEN)
})

test('goes from the mix to the camera by itself and back in one session, and says what it sends', async () => {
  const id = await goLive()
  await server.receives()
  const give = async (content: ProgramContent) => {
    const found = (await studio.rpc.state(destinations, 'list')).find((each) => each.id === id)
    if (!found) throw new Error('no such destination')
    const { hasKey: _hasKey, hasPassphrase: _hasPassphrase, ...destination } = found
    await studio.rpc.service(destinations).save({ destination: { ...destination, content } })
  }
  const sends = async (width: number | undefined) => {
    expect(width).toBeGreaterThan(0)
    await studio.rpc.stateWhen(broadcast, 'figures', ({ outputs }) => outputs[id]?.line?.width === width)
    const { frames, audioPackets } = server.last
    await until('pictures and sound go on', () => server.last.frames > frames + 10 && server.last.audioPackets > audioPackets + 10)
  }
  await sends(320)
  await give('main')
  const { main } = await studio.rpc.stateWhen(broadcast, 'singles', ({ main: camera }) => (camera?.encoding?.width ?? 320) !== 320)
  await sends(main?.encoding?.width)
  await give('mix')
  await sends(320)
  expect(server.requests('POST')).toHaveLength(1)
  expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
  expect(await studio.rpc.stateWhen(broadcast, 'singles', (singles) => singles.main === undefined)).toEqual({})
})

test('a page that is loaded anew ends its session and begins another', async () => {
  server.takesPatches = false
  const id = await goLive()
  await studio.output(id, ({ state }) => state === 'running')
  await server.receives()
  await studio.page.reload()
  await until('the old session was ended', () => server.sessions[0]?.ended)
  await server.receives(1)
  const status = await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2)
  expect(status.gaps).toMatchObject([{ reason: 'page-gone' }])
})

test('a server that ends the session is connected to again', async () => {
  const id = await goLive()
  await studio.output(id, ({ state }) => state === 'running')
  await server.receives()
  await server.last.connection.close()
  await server.receives(1)
  await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2)
})
