import { expect, test } from '@playwright/test'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { destinations } from '../src-shared/contracts/destinations.ts'
import { addDestination } from './fixtures/add-destination.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'
import { WhipServer } from './fixtures/whip-server.ts'

// What a show costs that goes to WHIP alone, and what happens when others join it.

const SHOW = patternShow({ width: 640, height: 360, videoKbps: 800 })

test('the program is coded for the bus only while somebody reads it, and the WHIP session never notices', async () => {
  const server = await WhipServer.start()
  const studio = await SteeredStudio.start(SHOW)
  try {
    const id = await addDestination(studio, { kind: 'whip', address: server.address })
    await studio.onlyDestinations(id)
    await studio.goLive()
    await studio.output(id, ({ state }) => state === 'running')
    const alone = await studio.rpc.stateWhen(broadcast, 'figures', ({ program }) => (program?.fps ?? 0) > 10)
    expect(alone.program?.videoKbps).toBe(0)

    const rehearsal = (await studio.rpc.state(destinations, 'list')).find(({ kind }) => kind === 'rehearsal')?.id ?? ''
    await studio.rpc.service(destinations).setEnabled({ destinationId: rehearsal, enabled: true })
    await studio.output(rehearsal, ({ state, connects }) => state === 'running' && connects === 1)
    await studio.rpc.stateWhen(broadcast, 'figures', ({ program }) => (program?.videoKbps ?? 0) > 0)
    await studio.rpc.service(destinations).setEnabled({ destinationId: rehearsal, enabled: false })
    await studio.rpc.stateWhen(broadcast, 'figures', ({ program }) => program?.videoKbps === 0 && program.fps > 10)

    const frames = server.last.frames
    await until('pictures go on arriving', () => server.last.frames > frames + 30)
    expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    expect(server.sessions).toHaveLength(1)
  } finally {
    await studio.close()
    await server.close()
  }
})

test('the server is told when the studio is quit while live', async () => {
  const server = await WhipServer.start()
  const studio = await SteeredStudio.start(SHOW)
  try {
    const id = await addDestination(studio, { kind: 'whip', address: server.address })
    await studio.onlyDestinations(id)
    await studio.goLive()
    await studio.output(id, ({ state }) => state === 'running')
    await studio.studio.close()
    expect(server.last.ended).toBe(true)
  } finally {
    await studio.close()
    await server.close()
  }
})
