import { expect, test } from '@playwright/test'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'

/** One studio, one engine: a second window takes the program over, the first one says so and rests. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

test('a second window goes on with the show on the same connection, and the first can take it back', async () => {
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(patternShow({ width: 320, height: 180, videoKbps: 300 }))
  try {
    const id = await studio.goLiveTo({ address: server.address, key: 'windows' })
    await studio.output(id, ({ state }) => state === 'running')
    const bytes = async () => (await server.stream('windows'))?.bytesIn ?? 0
    const flows = async () => {
      const before = await bytes()
      await until('media flows', async () => (await bytes()) > before + 20_000)
    }
    const second = await studio.page.context().newPage()
    await second.goto(await studio.studio.address())
    await expect(studio.page.getByRole('button', { name: 'Use it here' })).toBeVisible()
    await expect.poll(() => studio.page.workers().length).toBe(0)
    await expect(second.getByTestId('live-badge')).toBeVisible()
    await flows()

    await studio.page.getByRole('button', { name: 'Use it here' }).click()
    await expect(second.getByRole('button', { name: 'Use it here' })).toBeVisible()
    await flows()
    expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
  } finally {
    await studio.close()
    await server.close()
  }
})
