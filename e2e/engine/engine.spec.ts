import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { Encoding } from '../../src-shared/domain/encoding.ts'
import { sleep, until } from '../fixtures/until.ts'
import { EnginePage, noisyCamera, quartersCamera } from './engine-page.ts'
import { buildPage, CREDIT_BYTES, pictureOf, probeVideo, removeFolder } from './engine-rig.ts'

/**
 * The engine alone, for real, in a browser: a constant rate on an exact grid, key frames every two seconds and none by
 * chance, a bitrate and a scene that change without a seam, memory that stays bounded when main stops reading, a line
 * that comes back, and VP8 where there is no H.264.
 */

let folder: string
let engine: EnginePage
test.beforeAll(async () => {
  folder = await buildPage()
})
test.afterAll(() => removeFolder(folder))
test.afterEach(async () => {
  await engine.close()
  expect(engine.complaints).toEqual([])
})

/** Steps of the picture's time stamps that are not one frame, µs. */
const oddSteps = (from = 0): number[] =>
  engine.video.slice(from + 1).map((packet, index) => packet.timestampUs - (engine.video[from + index]?.timestampUs ?? 0)).filter((step) => Math.abs(step - 33_333) > 1)

/** Mean rate of what arrives within the next seconds, kbit/s. */
async function videoKbps(seconds = 3): Promise<number> {
  const from = engine.video.length
  await sleep(seconds * 1000)
  return engine.video.slice(from).reduce((sum, packet) => sum + packet.data.length * 8, 0) / 1000 / seconds
}

test('codes what was asked for, at an exact rate, with the sound beside it', async () => {
  engine = await EnginePage.open(folder)
  const startMs = performance.now()
  await engine.goLive()
  const firstMs = (engine.received.arrivedMs[0] ?? Number.NaN) - startMs
  expect(firstMs, 'first packet').toBeLessThan(300)
  expect(engine.received.headers).toHaveLength(1)
  expect(engine.received.headers[0]?.audio).not.toBeNull()

  await sleep(8000)
  const { video } = engine
  const probed = await probeVideo({ ...engine.received, packets: video }, join(folder, 'check.h264'))
  expect(probed).toMatchObject({ frames: video.length, width: 1280, height: 720, hasBFrames: 0 })
  expect(probed.pictureTypes).not.toContain('B')
  expect(oddSteps().length, `steps: ${oddSteps().join(', ')}`).toBeLessThanOrEqual(2)
  const keys = video.filter((packet) => packet.key)
  const gapsS = keys.slice(1).map((packet, index) => (packet.timestampUs - (keys[index]?.timestampUs ?? 0)) / 1e6)
  expect(gapsS.length).toBeGreaterThanOrEqual(3)
  for (const gapS of gapsS) expect(Math.abs(gapS - 2)).toBeLessThan(0.001)
  const sound = engine.received.packets.filter((packet) => packet.kind === 'audio')
  expect(sound.length).toBeGreaterThan(300)
  expect(Math.abs((sound[0]?.timestampUs ?? 0) - (video[0]?.timestampUs ?? 0)) / 1000, 'sound and picture start together').toBeLessThan(150)
  expect(await engine.failures()).toEqual([])
})

test('changes the rate while live, without new headers', async () => {
  await openNoise()
  await engine.goLive()
  await sleep(3000)
  expectRate(await videoKbps(4), 2500)
  for (const kbps of [800, 4000]) {
    await engine.setWish(true, { videoKbps: kbps })
    await sleep(2000)
    expectRate(await videoKbps(4), kbps)
  }
  expect(engine.received.headers).toHaveLength(1)
  expect(await engine.failures()).toEqual([])
})

test('turns items while live: no new headers, no lost frames, the right picture', async () => {
  engine = await EnginePage.open(folder, { sources: 'turning', cameraFile: quartersCamera(folder) })
  await engine.goLive()
  await until('the camera is there', async () => (await pictureNow()).at(480, 245)[0] > 150, { everyMs: 500 })
  const flatCpu = await cpuPercent(4)
  const flat = await pictureNow()
  const BACKGROUND = flat.at(20, 20)
  // Camera: 320x180 around (560, 290). Its four quarters' middles.
  const quarters = [[-80, -45], [80, -45], [-80, 45], [80, 45]] as const
  const colours = quarters.map(([x, y]) => flat.at(560 + x, 290 + y))
  near(flat.at(910, 310), [255, 0, 0], 'the red box reaches its corner')

  const from = engine.video.length
  await engine.change({ camera: { rotationDeg: 30 }, colour: { rotationDeg: 90 } })
  await sleep(1000)
  const turnedCpu = await cpuPercent(4)
  const composeMs = (await engine.figures())?.composeMs
  const turned = await pictureNow()
  for (const [index, [x, y]] of quarters.entries()) {
    const [cos, sin] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
    near(turned.at(Math.round(560 + x * cos - y * sin), Math.round(290 + x * sin + y * cos)), colours[index], `quarter ${index}`)
  }
  near(turned.at(405, 206), BACKGROUND, 'the corner that the camera has left')
  near(turned.at(910, 310), BACKGROUND, 'the end of the box that has turned away')
  near(turned.at(1000, 265), [255, 0, 0], 'where the box stands now')
  near(turned.at(1000, 435), [255, 0, 0], 'where the box stands now')

  // Through the edge of the canvas, half transparent, and back.
  await engine.change({ camera: { rotationDeg: 90, x: -200 }, colour: { rotationDeg: 45, opacity: 0.5 } })
  await sleep(1000)
  const gone = await pictureNow()
  near(gone.at(560, 290), BACKGROUND, 'the camera has moved away')
  near(gone.at(1000, 350), [255, 0, 0].map((colour, index) => Math.round((colour + (BACKGROUND[index] ?? 0)) / 2)), 'half of the box')
  await engine.change({ camera: { rotationDeg: 0, x: 400 } })
  await sleep(1000)
  for (const [index, [x, y]] of quarters.entries()) near((await pictureNow()).at(560 + x, 290 + y), colours[index], `quarter ${index}, back`)

  expect(engine.received.headers).toHaveLength(1)
  expect(oddSteps(from).length, `steps: ${oddSteps(from).join(', ')}`).toBeLessThanOrEqual(3)
  const figures = await engine.figures()
  expect(figures?.compositor).toMatch(/^planes \(planes [\d.]+ ms, [^;]*$/)
  expect(await engine.failures()).toEqual([])
  console.log(`CPU of the browser: ${flatCpu.toFixed(1)} % of a core before, ${turnedCpu.toFixed(1)} % with a camera, a colour and a card turned; compose ${composeMs?.toFixed(1)} ms`)
})

test('sends no more than main reads, and goes on with a key frame', async () => {
  engine = await EnginePage.open(folder)
  await engine.goLive()
  await engine.setWish(true, { videoKbps: 6000 })
  engine.state.hold = true
  await sleep(7000)
  const figures = await engine.figures()
  expect(engine.state.outstanding, 'granted and not used').toBeGreaterThanOrEqual(0)
  expect(engine.state.outstanding).toBeLessThan(CREDIT_BYTES / 4)
  expect(figures?.framesDropped, 'what could not go out is counted').toBeGreaterThan(30)
  const held = engine.received.packets.length
  await sleep(1000)
  expect(engine.received.packets.length - held).toBeLessThanOrEqual(5)
  engine.state.hold = false
  const resumed = engine.video.length
  engine.state.topUp()
  await until('it goes on', () => engine.video.length - resumed > 15, { timeoutMs: 1500 })
  expect(engine.video[resumed]?.key).toBe(true)
})

test('comes back when the line is cut, with headers and a key frame', async () => {
  engine = await EnginePage.open(folder)
  await engine.goLive()
  await sleep(1000)
  const headers = engine.received.headers.length
  engine.state.socket?.terminate()
  const from = engine.video.length
  await until('the line is back', () => engine.received.headers.length > headers, { timeoutMs: 5000 })
  await until('the picture is back', () => engine.video.length > from, { timeoutMs: 5000 })
  expect(engine.video[from]?.key).toBe(true)
})

test('codes VP8 where there is no H.264 encoder, and tells main of another rate', async () => {
  await openNoise({ without: ['h264'], encoding: { width: 640, height: 360, videoKbps: 1000 } })
  await engine.goLive()
  await sleep(3000)
  const [first] = engine.received.headers
  expect(first?.video).toMatchObject({ codec: 'vp8', codecString: 'vp8', width: 640, height: 360, frameRate: 30, bitrateKbps: 1000 })
  expect(first?.video?.avcC).toHaveLength(0)
  // Asked of VP8: twice the rate and 500 kbit/s.
  expectRate(await videoKbps(4), 2500)
  await engine.setWish(true, { videoKbps: 400 })
  await sleep(2000)
  expectRate(await videoKbps(4), 1300)
  expect(engine.received.headers.map(({ epoch, video }) => [epoch, video?.bitrateKbps])).toEqual([[first?.epoch, 1000], [first?.epoch, 400]])
  expect(await engine.figures()).toMatchObject({
    videoEncoder: 'vp8 (software), transcoded by FFmpeg',
    encoderReason: expect.stringContaining('no H.264: hardware: not supported; software: not supported') as unknown,
  })
  expect(oddSteps().length, `steps: ${oddSteps().join(', ')}`).toBeLessThanOrEqual(3)
  expect(await engine.failures()).toEqual([])
})

/** A noisy camera over the whole canvas, so that the stream has the rate that was asked for. */
async function openNoise(options: { without?: string[]; encoding?: Partial<Encoding> } = {}): Promise<void> {
  engine = await EnginePage.open(folder, { ...options, sources: 'turning', cameraFile: noisyCamera(folder) })
  const { width = 1280, height = 720 } = options.encoding ?? {}
  await engine.change({ camera: { x: 0, y: 0, width, height } })
}

function expectRate(seenKbps: number, askedKbps: number): void {
  console.log(`${Math.round(seenKbps)} of ${askedKbps} kbit/s`)
  expect(seenKbps).toBeGreaterThan(askedKbps * 0.7)
  expect(seenKbps).toBeLessThan(askedKbps * 1.2)
}

/** The newest frame that has arrived. */
const pictureNow = () => pictureOf(engine.received, engine.video.length - 1, join(folder, 'now.h264'))

async function cpuPercent(seconds: number): Promise<number> {
  const before = engine.cpuSeconds()
  const startMs = performance.now()
  await sleep(seconds * 1000)
  return ((engine.cpuSeconds()) - before) / ((performance.now() - startMs) / 100_000)
}

/** Within what an encoder at this rate takes from a plain area. */
function near(seen: readonly number[], wanted: readonly number[] | undefined, what: string): void {
  const apart = Math.max(...seen.map((each, index) => Math.abs(each - (wanted?.[index] ?? 0))))
  expect(apart, `${what}: ${seen.join(' ')} for ${wanted?.join(' ')}`).toBeLessThanOrEqual(14)
}
