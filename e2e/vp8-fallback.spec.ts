import { expect, test } from '@playwright/test'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { runToEnd } from './fixtures/own-process.ts'
import { patternShow } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { flashAndBeep, inspect } from './fixtures/stream-check.ts'
import { sleep, until } from './fixtures/until.ts'

/** A browser without an H.264 encoder: the page codes VP8, FFmpeg makes H.264 of it, and the server notices nothing. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

const KEY = 'made-of-vp8'

/** By how much the time stamps of all packets, sound and picture in the order of arrival, ever fall, ms. */
async function largestStepBackMs(file: string): Promise<number> {
  const printed = await runToEnd('ffprobe', ['-v', 'error', '-show_entries', 'packet=dts_time', '-of', 'csv=p=0', file])
  const times = printed.split('\n').map((line) => Number.parseFloat(line)).filter(Number.isFinite)
  let [latest, worst] = [Number.NEGATIVE_INFINITY, 0]
  for (const time of times) {
    worst = Math.max(worst, latest - time)
    latest = Math.max(latest, time)
  }
  return worst * 1000
}

test('a page without an H.264 encoder goes live all the same', async () => {
  const server = await NginxRtmp.start()
  const studio = await SteeredStudio.start(patternShow({ width: 640, height: 360, videoKbps: 1000 }))
  try {
    await studio.page.goto(`${new URL(studio.page.url()).origin}/?without=h264`)
    await until('the new page is there', async () => (await studio.page.title()) !== '')
    const id = await studio.goLiveTo({ address: server.address, key: KEY })
    await studio.output(id, ({ state }) => state === 'running')
    const { program } = await studio.rpc.stateWhen(broadcast, 'figures', (figures) => figures.program?.videoEncoder.startsWith('vp8') === true)
    expect(program?.videoEncoder).toBe('vp8 (software), transcoded by FFmpeg')
    expect(program?.encoderReason).toContain('no H.264')
    await sleep(9000)
    // Another rate is another transcoder; nobody may see the seam.
    await studio.rpc.service(broadcast).setVideoKbps({ videoKbps: 500 })
    await sleep(9000)
    expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })
    expect((await studio.status()).programFailure).toBeNull()
    await studio.endShow()
    await until('the show is over at the server', async () => (await server.streams()).length === 0)

    const recordings = await server.recordings(KEY)
    expect(recordings).toHaveLength(1)
    const [recording = ''] = recordings
    const { video, audio } = await inspect(recording, { settleS: 1.5 })
    expect(video).toMatchObject({ codec: 'h264', profile: 'Main', width: 640, height: 360, bFrames: 0, monotonic: true })
    expect(Math.abs((video?.fps ?? 0) - 30)).toBeLessThanOrEqual(0.5)
    expect(video?.longestGapMs).toBeLessThan(150)
    expect(audio).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2, monotonic: true })
    expect(audio?.longestGapMs).toBeLessThan(60)

    const sync = await flashAndBeep(recording)
    expect(sync.offsetsMs.length).toBeGreaterThanOrEqual(14)
    expect(Math.abs(sync.worstMs)).toBeLessThanOrEqual(40)
    const stepBackMs = await largestStepBackMs(recording)
    console.log(`sound against picture: median ${sync.medianMs.toFixed(1)} ms, worst ${sync.worstMs.toFixed(1)} ms; largest step back ${stepBackMs.toFixed(0)} ms; longest gap ${video?.longestGapMs.toFixed(0)} ms; key frames ${video?.keyFrameIntervalsS.map((each) => each.toFixed(2)).join(' ')}`)
    // Sound comes from the page some 100 to 160 ms after its picture, of whatever codec; the transcoder adds nothing to that.
    expect(stepBackMs).toBeLessThanOrEqual(200)
    expect(studio.browser.problems).toEqual([])
  } finally {
    await studio.close()
    await server.close()
  }
})
