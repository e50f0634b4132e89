import { expect, test } from '@playwright/test'
import { addDestination } from './fixtures/add-destination.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'
import { WhipServer } from './fixtures/whip-server.ts'

// The WHEP player against a server that answers the player's own offer (201); the counter-offer (406) is tried with Janus in whip.spec.ts.

const SHOW = patternShow({ width: 640, height: 360, videoKbps: 800 })
const SECONDS = `document.querySelector('[data-testid=rehearsal-viewer] video').currentTime`

test('what a server plays by its answer is watched, and the session given back, also when the page goes', async () => {
  const server = await WhipServer.start()
  const studio = await SteeredStudio.start(SHOW)
  const { page } = studio
  const watch = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Watch the rehearsal' }).click()
    const viewer = page.getByTestId('rehearsal-viewer')
    await viewer.getByRole('combobox').click()
    await page.getByRole('option', { name: 'WebRTC (WHEP)' }).click()
    await viewer.getByLabel('WHEP address').fill(server.playAddress)
    await viewer.getByTestId('whep-play').click()
    await until('the picture plays', async () => (await page.evaluate<number>(SECONDS)) > 1, { timeoutMs: 60_000 })
  }
  try {
    const id = await addDestination(studio, { kind: 'whip', address: server.address })
    await studio.onlyDestinations(id)
    await studio.goLive()
    await studio.output(id, ({ state }) => state === 'running')
    await server.receives()
    await watch()
    expect(server.requests('PATCH').filter(({ path }) => path.startsWith('/viewer'))).toEqual([])
    await page.getByTestId('whep-stop').click()
    await until('the session is given back', () => server.viewers[0]?.ended)

    await page.getByTestId('whep-play').click()
    await until('the picture plays again', async () => server.viewers.length === 2 && (await page.evaluate<number>(SECONDS)) > 0.5, { timeoutMs: 60_000 })
    await page.reload()
    await until('the session of the page that is gone is given back', () => server.viewers[1]?.ended)
  } finally {
    await studio.close()
    await server.close()
  }
})
