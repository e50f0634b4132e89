import { expect, test } from '@playwright/test'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { Relay } from './fixtures/relay.ts'
import { cameraShow, patternShow, TestFolder, writeNoiseClip } from './fixtures/shows.ts'
import { inspect } from './fixtures/stream-check.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { sleep, until } from './fixtures/until.ts'

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

test('a destination that stalls costs the other one nothing', async () => {
  const server = await NginxRtmp.start()
  const relay = await Relay.to(server.rtmpPort)
  // Noise, so that the stream has the rate that it was asked for and a stalled line fills up as in a real show.
  const clips = await TestFolder.create()
  await writeNoiseClip(clips.file('noise.y4m'))
  const studio = await SteeredStudio.start(cameraShow({ width: 640, height: 360, videoKbps: 3000 }), { browser: { cameraFile: clips.file('noise.y4m') } })
  try {
    const good = await studio.addDestination({ address: server.address, key: 'good', name: 'Good' })
    const bad = await studio.addDestination({ address: `rtmp://127.0.0.1:${relay.port}/live`, key: 'bad', name: 'Bad' })
    await studio.onlyDestinations(good, bad)
    await studio.goLive()
    for (const id of [good, bad]) await studio.output(id, ({ state }) => state === 'running')
    await sleep(3000)
    relay.stall()
    await studio.output(bad, ({ state, failure }) => state === 'recovering' && failure?.reason === 'stalled', 14_000)
    await sleep(3000)
    relay.cut()
    relay.resume()
    await studio.output(bad, ({ state, connects }) => state === 'running' && connects === 2, 8000)
    await sleep(2000)

    const [figures, output] = [await studio.figuresOf(good), await studio.output(good, () => true)]
    expect(figures.totalFramesDropped).toBe(0)
    expect(output).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    expect((await studio.figuresOf(bad)).totalFramesDropped).toBeGreaterThan(0)
    await studio.endShow()
    await until('the show is over at the server', async () => (await server.streams()).length === 0)

    const facts = await inspect((await server.recordings('good'))[0] ?? '')
    expect(Math.abs((facts.video?.fps ?? 0) - 30)).toBeLessThanOrEqual(0.5)
    expect(facts.video?.longestGapMs).toBeLessThan(110)
    expect(facts.video?.monotonic).toBe(true)
    expect(facts.audio?.longestGapMs).toBeLessThan(60)
    expect(facts.durationS).toBeGreaterThan(15)
  } finally {
    await studio.close()
    await relay.close()
    await server.close()
    await clips.close()
  }
})

test('destinations are added, changed and taken away while live', async () => {
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(patternShow({ width: 640, height: 360, videoKbps: 800 }))
  try {
    const first = await studio.goLiveTo({ address: server.address, key: 'first' })
    await studio.output(first, ({ state }) => state === 'running')
    const second = await studio.addDestination({ address: server.address, key: 'second' })
    await studio.output(second, ({ state }) => state === 'running')
    await server.receives('second', { moreThanBytes: 30_000 })
    await studio.onlyDestinations(first)
    await until('the second is gone from the server', async () => (await server.stream('second')) === null)
    expect(await studio.output(first, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
  } finally {
    await studio.close()
    await server.close()
  }
})
