import { expect, test } from '@playwright/test'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { descendants } from './fixtures/process-table.ts'
import { Relay } from './fixtures/relay.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { inspect } from './fixtures/stream-check.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { Studio } from './fixtures/studio.ts'
import { sleep, until } from './fixtures/until.ts'

/** The page goes, the show stays: the connection lives in main, and media flows on it again within 3 s. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

const BACK_WITHIN_MS = 3000
const KEY = 'stays'

let server: NginxRtmp
let relay: Relay
test.beforeEach(async () => {
  server = await NginxRtmp.start()
  relay = await Relay.to(server.rtmpPort)
})
test.afterEach(async () => {
  await relay.close()
  await server.close()
})

/** The longest time in which nothing went up the line within the next `watchMs`. */
async function longestSilenceMs(watchMs: number): Promise<number> {
  const endMs = performance.now() + watchMs
  let [lastBytes, sinceMs, longestMs] = [relay.passed.up, performance.now(), 0]
  while (performance.now() < endMs) {
    await sleep(10)
    const nowMs = performance.now()
    longestMs = Math.max(longestMs, nowMs - sinceMs)
    if (relay.passed.up !== lastBytes) [lastBytes, sinceMs] = [relay.passed.up, nowMs]
  }
  return longestMs
}

async function expectOneGoodRecording(): Promise<void> {
  const recordings = await server.recordings(KEY)
  expect(recordings).toHaveLength(1)
  const { video, audio } = await inspect(recordings[0] ?? '')
  expect(video?.monotonic).toBe(true)
  expect(audio?.monotonic).toBe(true)
  expect(video?.longestGapMs).toBeLessThan(BACK_WITHIN_MS + 500)
}

test('the page is reloaded while live', async () => {
  const studio = await SteeredStudio.start(patternShow({ width: 640, height: 360, videoKbps: 1000 }))
  try {
    const id = await studio.goLiveTo({ address: `rtmp://127.0.0.1:${relay.port}/live`, key: KEY })
    await studio.output(id, ({ state }) => state === 'running')
    await sleep(3000)
    for (let n = 0; n < 2; n++) {
      const silenceMs = longestSilenceMs(8000)
      await studio.page.reload()
      expect(await silenceMs).toBeLessThan(BACK_WITHIN_MS)
    }
    expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    expect(relay.connections).toBe(1)
    await studio.endShow()
    await until('the show is over at the server', async () => (await server.streams()).length === 0)
    await expectOneGoodRecording()
  } finally {
    await studio.close()
  }
})

test('the page crashes while live', async () => {
  const folder = await TestFolder.create()
  const show = await folder.write('show.json', patternShow({ width: 640, height: 360, videoKbps: 1000 }))
  const studio = await Studio.start({ args: ['--show', show, '--to', `rtmp://127.0.0.1:${relay.port}/live/${KEY}`, '--for', '20'] })
  try {
    await server.receives(KEY, { moreThanBytes: 200_000, timeoutMs: 30_000 })
    const renderer = descendants(studio.pid).find(({ command }) => command.includes('--type=renderer') && !command.includes('--extension-process'))
    expect(renderer).toBeDefined()
    const silenceMs = longestSilenceMs(8000)
    process.kill(renderer?.pid ?? 0, 'SIGKILL')
    expect(await silenceMs).toBeLessThan(BACK_WITHIN_MS)
    expect(await studio.ended()).toBe(0)
    expect((await studio.report()).outputs[0]).toMatchObject({ connects: 1, gaps: [] })
    expect(relay.connections).toBe(1)
    await expectOneGoodRecording()
    expect(await studio.survivors()).toEqual([])
  } finally {
    await studio.close()
    await folder.close()
  }
})
