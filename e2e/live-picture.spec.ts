import { expect, test } from '@playwright/test'
import { randomBytes } from 'node:crypto'
import { MediaServer } from './fixtures/media-server.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { patternShow, screenAndCameraShow, TestFolder } from './fixtures/shows.ts'
import { flashAndBeep, inspect, recordLive } from './fixtures/stream-check.ts'
import { Studio } from './fixtures/studio.ts'
import { until } from './fixtures/until.ts'

/** The whole way of a frame, from the command line to what a real server recorded. */

const newKey = () => `key-${randomBytes(8).toString('hex')}`

let folder: TestFolder
test.beforeEach(async () => { folder = await TestFolder.create() })
test.afterEach(() => folder.close())

/** A stream may take this long to find its rhythm: encoders start, and a new reader may ask for a key frame. */
const SETTLE_S = 1.5

async function expectGoodStream(file: string, { width = 1280, height = 720, fps = 30 } = {}): Promise<void> {
  const { video, audio } = await inspect(file, { settleS: SETTLE_S })
  expect(video).toMatchObject({ codec: 'h264', width, height, bFrames: 0, monotonic: true })
  expect(Math.abs((video?.fps ?? 0) - fps)).toBeLessThanOrEqual(0.5)
  const intervals = video?.keyFrameIntervalsS ?? []
  expect(intervals.length).toBeGreaterThanOrEqual(2)
  for (const interval of intervals) expect(Math.abs(interval - 2), `key frame intervals: ${intervals.join(', ')}`).toBeLessThan(0.1)
  expect(audio).toMatchObject({ codec: 'aac', profile: 'LC', sampleRate: 48_000, channels: 2, monotonic: true })
  // One AAC frame is 21.3 ms.
  expect(audio?.longestGapMs).toBeLessThan(60)
  // The beginning is no long freeze either.
  expect((await inspect(file)).video?.longestGapMs).toBeLessThan(1000)
}

test('the test pattern arrives at nginx-rtmp as it was asked for, sound with picture', async () => {
  test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')
  const server = await NginxRtmp.start()
  const key = newKey()
  const studio = await Studio.start({ args: ['--show', await folder.write('show.json', patternShow()), '--to', `${server.address}/${key}`, '--for', '20'] })
  try {
    expect(await studio.ended()).toBe(0)
    const [recording] = await server.recordings(key)
    expect(recording).toBeDefined()
    await expectGoodStream(recording ?? '')

    const sync = await flashAndBeep(recording ?? '')
    expect(sync.offsetsMs.length).toBeGreaterThanOrEqual(15)
    expect(Math.abs(sync.medianMs)).toBeLessThanOrEqual(40)
    expect(Math.abs(sync.worstMs)).toBeLessThanOrEqual(40)

    const report = await studio.report()
    expect(report).toMatchObject({ host: 'browser', video: { width: 1280, height: 720, fpsTarget: 30 }, audio: { sampleRate: 48_000 }, errors: [] })
    expect(report.video.framesDropped).toBeLessThanOrEqual(report.video.framesComposed * 0.001)
    expect(Math.abs(report.video.fpsMean - 30)).toBeLessThanOrEqual(0.5)
    expect(report.outputs).toHaveLength(1)
    expect(report.outputs[0]).toMatchObject({ connects: 1, gaps: [], framesDropped: 0 })
    expect(report.outputs[0]?.firstMediaMs).toBeLessThanOrEqual(1500)
    expect(report.outputs[0]?.bytesSent).toBeGreaterThan(1_000_000)
    expect(await studio.survivors()).toEqual([])
  } finally {
    await studio.close()
    await server.close()
  }
})

test('a screen with a camera and a microphone arrives at node-media-server', async () => {
  const server = await MediaServer.start()
  const key = newKey()
  const studio = await Studio.start({ args: ['--show', await folder.write('show.json', screenAndCameraShow()), '--to', `${server.address}/${key}`, '--for', '16'] })
  try {
    await until('the stream begins', () => server.published(key) === 1, { timeoutMs: 20_000 })
    await recordLive(server.playbackAddress(key), 8, folder.file('played.flv'))
    await expectGoodStream(folder.file('played.flv'))
    expect(await studio.ended()).toBe(0)
    expect((await studio.report()).outputs[0]).toMatchObject({ connects: 1, gaps: [] })
    expect(await studio.survivors()).toEqual([])
  } finally {
    await studio.close()
    await server.close()
  }
})

test('another canvas and rate arrive as asked, at two servers at once', async () => {
  test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')
  const [nginx, media] = [await NginxRtmp.start(), await MediaServer.start()]
  const key = newKey()
  const show = patternShow({ width: 360, height: 640, frameRate: 25, videoKbps: 800 })
  const studio = await Studio.start({ args: ['--show', await folder.write('show.json', show), '--to', `${nginx.address}/${key}`, '--to', `${media.address}/${key}`, '--for', '14'] })
  try {
    await until('the second server has it too', () => media.published(key) === 1, { timeoutMs: 20_000 })
    await recordLive(media.playbackAddress(key), 7, folder.file('played.flv'))
    expect(await studio.ended()).toBe(0)
    const wanted = { width: 360, height: 640, fps: 25 }
    await expectGoodStream(folder.file('played.flv'), wanted)
    await expectGoodStream((await nginx.recordings(key))[0] ?? '', wanted)
    expect((await studio.report()).outputs.map(({ connects }) => connects)).toEqual([1, 1])
  } finally {
    await studio.close()
    await nginx.close()
    await media.close()
  }
})
