import { expect, test } from '@playwright/test'
import { readFile } from 'node:fs/promises'
import { broadcast } from '../src-shared/contracts/broadcast.ts'
import { DEFAULT_ENCODING } from '../src-shared/domain/encoding.ts'
import { NO_CROP } from '../src-shared/domain/scene.ts'
import { SHOW_VERSION, show as showSchema, type Show } from '../src-shared/domain/show.ts'
import { addDestination } from './fixtures/add-destination.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { runToEnd } from './fixtures/own-process.ts'
import { TestFolder } from './fixtures/shows.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { inspect } from './fixtures/stream-check.ts'
import { until } from './fixtures/until.ts'

/** The same show in landscape and in portrait at the same time, against a real server. */

test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')

const MIX = { ...DEFAULT_ENCODING, width: 640, height: 360, videoKbps: 1000 }
const SECOND = { ...DEFAULT_ENCODING, width: 360, height: 640, videoKbps: 500 }

/** A noisy camera and a red field share both canvases; the test pattern is only heard. */
function redAndCamera(): Show {
  const item = (sourceId: string, x: number) => ({
    id: `item-${sourceId}`, sourceId, x, y: 0, width: 320, height: 360, rotationDeg: 0, opacity: 1, visible: true, locked: false, fit: 'fill', crop: NO_CROP, placedBy: 'layout',
  })
  return showSchema.parse({
    version: SHOW_VERSION, id: 'show-second', name: 'second', encoding: MIX,
    sources: [
      { id: 'camera', name: 'Camera', kind: 'camera', deviceId: '', deviceLabel: '', width: 640, height: 360, frameRate: 30 },
      { id: 'red', name: 'Red', kind: 'colour', colour: '#d02020' },
      { id: 'pattern', name: 'Test pattern', kind: 'test-pattern' },
    ],
    scenes: [{ id: 'scene', name: 'Scene', background: '#000000', items: [item('camera', 0), item('red', 320)] }],
    currentSceneId: 'scene', strips: {}, second: { enabled: true, encoding: SECOND, layout: { template: 'grid' } },
  })
}

/** Whether the right half is the red field: in the first picture, and a second before the end. */
async function redAtRight(file: string, atEnd: boolean, pixel: string): Promise<boolean> {
  await runToEnd('ffmpeg', ['-v', 'error', '-y', ...(atEnd ? ['-sseof', '-1'] : []), '-i', file, '-frames:v', '1', '-vf', 'crop=iw/2-8:ih:iw/2+8:0,scale=1:1:flags=area,format=rgb24', '-f', 'rawvideo', pixel])
  const [red = 0, green = 0, blue = 0] = await readFile(pixel)
  return red > 180 && green < 60 && blue < 60
}

/** The loudest sample, dBFS. */
async function peakDb(file: string): Promise<number> {
  const [peak] = (await runToEnd('ffprobe', ['-v', 'error', '-f', 'lavfi', '-i', `amovie=${file},astats=metadata=1:reset=0`, '-show_entries', 'frame_tags=lavfi.astats.Overall.Peak_level', '-of', 'csv=p=0'])).trim().split('\n').slice(-1)
  return Number(peak)
}

/** kbit/s of the picture, after the encoder has settled. */
async function pictureKbps(file: string): Promise<number> {
  const lines = (await runToEnd('ffprobe', ['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time,size', '-of', 'csv=p=0', file])).trim().split('\n')
  const packets = lines.map((line) => line.split(',').map(Number)).map(([atS = 0, size = 0]) => ({ atS, size })).filter(({ atS }) => atS >= 2)
  const [first, last] = [packets[0]?.atS ?? 0, packets.at(-1)?.atS ?? 0]
  return (packets.reduce((sum, { size }) => sum + size, 0) * 8) / 1000 / Math.max(0.001, last - first)
}

test('mix and second canvas go out side by side, each with its own size, rate and layout', async () => {
  const clips = await TestFolder.create()
  const server = await NginxRtmp.start()
  // Takes whatever rate it is given, within reason.
  await runToEnd('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=30:d=2,noise=alls=16:allf=t', '-pix_fmt', 'yuv420p', clips.file('noise.y4m')])
  const studio = await SteeredStudio.start(redAndCamera(), { browser: { cameraFile: clips.file('noise.y4m') } })
  try {
    const to = (key: 'mix' | 'second') => addDestination(studio, { kind: 'rtmp', address: server.address, content: key }, { key })
    const ids = [await to('mix'), await to('second')]
    await studio.onlyDestinations(...ids)
    await studio.goLive()
    for (const id of ids) await studio.output(id, ({ state }) => state === 'running', 40_000)
    await server.receives('second', { moreThanBytes: 130_000, timeoutMs: 60_000 })
    await studio.page.getByTestId('settings').click()
    await studio.page.locator('[data-second-preset="camera-only"]').click()
    const before = (await server.stream('second'))?.bytesIn ?? 0
    await server.receives('second', { moreThanBytes: before + 130_000, timeoutMs: 60_000 })
    expect(await studio.rpc.state(broadcast, 'singles')).toMatchObject({ second: { encoding: { width: 360, height: 640, videoKbps: 500 }, failure: null } })
    for (const id of ids) expect(await studio.output(id, () => true)).toMatchObject({ state: 'running', connects: 1, gaps: [] })

    await studio.endShow()
    await until('the show is over at the server', async () => (await server.streams()).length === 0)
    const files = await Promise.all(['mix', 'second'].map(async (key) => (await server.recordings(key))[0] ?? ''))
    await Promise.all([MIX, SECOND].map(async ({ width, height, videoKbps }, at) => {
      const file = files[at] ?? ''
      const facts = await inspect(file)
      expect(facts.video).toMatchObject({ codec: 'h264', width, height, monotonic: true })
      expect(facts.audio).toMatchObject({ codec: 'aac', monotonic: true })
      const kbps = await pictureKbps(file)
      expect(kbps / videoKbps, `${kbps} of ${videoKbps} kbit/s`).toBeGreaterThan(0.5)
      expect(kbps / videoKbps, `${kbps} of ${videoKbps} kbit/s`).toBeLessThan(1.35)
      expect(await peakDb(file), 'the beep of the mix').toBeGreaterThan(-40)
      // The layout was changed on the second canvas alone.
      const red = [await redAtRight(file, false, clips.file(`${at}-first.rgb`)), await redAtRight(file, true, clips.file(`${at}-last.rgb`))]
      expect(red).toEqual([true, at === 0])
    }))
  } finally {
    await studio.close()
    await server.close()
    await clips.close()
  }
})
