import { expect, test } from '@playwright/test'
import { statistics } from '../src-shared/contracts/statistics.ts'
import type { Bottleneck } from '../src-shared/domain/statistics.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { OwnProcess } from './fixtures/own-process.ts'
import { Relay } from './fixtures/relay.ts'
import { cameraShow, TestFolder, writeNoiseClip } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { until } from './fixtures/until.ts'

/** The statistics name the stage that is in the way, soon after it is in the way: a slow line, a stalled server, a processor that is taken. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

/** One second until it shows in a figure, one for the figure, one for the judgement. */
const NAMED_WITHIN_MS = 3000

let clips: TestFolder
let server: NginxRtmp
let relay: Relay
let studio: SteeredStudio
let id = ''

test.beforeAll(async () => {
  clips = await TestFolder.create()
  await writeNoiseClip(clips.file('noise.y4m'))
})
test.afterAll(() => clips.close())

test.beforeEach(async () => {
  server = await NginxRtmp.start()
  relay = await Relay.to(server.rtmpPort)
  studio = await SteeredStudio.start(cameraShow({ width: 640, height: 360, videoKbps: 3000 }), { browser: { cameraFile: clips.file('noise.y4m') } })
  id = await studio.goLiveTo({ address: `rtmp://127.0.0.1:${relay.port}/live`, key: 'show' })
  await studio.output(id, ({ state }) => state === 'running')
  await until('all is well for a while', async () => (await judged()).length === 0 && (await studio.figuresOf(id)).totalFramesSent > 150, { timeoutMs: 30_000 })
})
test.afterEach(async () => {
  await studio.close()
  await relay.close()
  await server.close()
})

const judged = async (): Promise<Bottleneck[]> => (await studio.rpc.state(statistics, 'now'))?.bottlenecks ?? []

/** Waits for the first judgement that names something, and says how long it took. */
async function firstNamed(): Promise<{ named: Bottleneck; afterMs: number }> {
  const fromMs = performance.now()
  const state = await studio.rpc.stateWhen(statistics, 'now', (now) => (now?.bottlenecks.length ?? 0) > 0, 20_000)
  const [named] = state?.bottlenecks ?? []
  if (!named) throw new Error('nothing was named')
  return { named, afterMs: performance.now() - fromMs }
}

test('a line that takes a third of the rate', async () => {
  relay.throttle(1000)
  const { named, afterMs } = await firstNamed()
  expect(named).toMatchObject({ stage: 'line', destinationId: id })
  expect(afterMs).toBeLessThan(NAMED_WITHIN_MS)
})

test('a server that takes nothing more', async () => {
  relay.stall()
  const fromMs = performance.now()
  const state = await studio.rpc.stateWhen(statistics, 'now', (now) => now?.bottlenecks.some(({ stage }) => stage === 'server') ?? false, 20_000)
  // A computer that is busy with other things may be slow besides.
  expect(state?.bottlenecks.filter(({ destinationId }) => destinationId !== null)).toMatchObject([{ stage: 'server', destinationId: id }])
  expect(performance.now() - fromMs).toBeLessThan(NAMED_WITHIN_MS)
})

test('a processor that others use up', async () => {
  // Everything but what the studio needs for a slide show.
  const hogs = Array.from({ length: 24 }, () => new OwnProcess(process.execPath, ['-e', 'for (;;);']))
  try {
    const fromMs = performance.now()
    const isOwn = ({ stage }: Bottleneck) => stage === 'compose' || stage === 'encode'
    const state = await studio.rpc.stateWhen(statistics, 'now', (now) => now?.bottlenecks.some(isOwn) ?? false, 20_000)
    // Before whatever it leads to on the line.
    expect(state?.bottlenecks[0]).toMatchObject({ destinationId: null, stage: expect.stringMatching(/compose|encode/) as unknown })
    expect(performance.now() - fromMs).toBeLessThan(NAMED_WITHIN_MS + 1500)
  } finally {
    await Promise.all(hogs.map((hog) => hog.stop('SIGKILL')))
  }
})

test('the show is kept: listed, exported as JSON and CSV, and shown', async () => {
  const { page } = studio
  await page.getByTestId('page-statistics').click()
  await expect(page.getByTestId('verdict')).toContainText('All well')
  await expect(page.locator('[data-step="sent"]')).toContainText('fps')
  relay.cut()
  await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2)
  await studio.endShow()
  const [show] = await studio.rpc.stateWhen(statistics, 'past', ([first]) => first?.endedAtMs !== null && first !== undefined)
  expect(show).toMatchObject({ destinations: [{ destinationId: id, connects: 2, gaps: [{ reason: expect.stringMatching(/connection-lost|server-closed/) as unknown }] }] })
  expect(show?.destinations[0]?.framesSent).toBeGreaterThan(150)
  const csv = await studio.rpc.service(statistics).export({ showId: show?.id ?? '', format: 'csv' })
  expect(csv.text.split('\r\n').length).toBeGreaterThan(5)
  await page.locator('nav').filter({ hasText: 'Past shows' }).locator('li button').first().click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export JSON' }).click()
  expect((await download).suggestedFilename()).toMatch(/^castwright-.*\.json$/)
  expect(studio.browser.problems).toEqual([])
})
