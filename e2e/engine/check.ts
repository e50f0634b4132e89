/**
 * The engine alone, for real, in a browser: `node e2e/engine/check.ts`. Exits with 1 and the list of what is wrong.
 * What it asks: a constant rate on an exact grid, key frames every two seconds and none by chance, no B-frames, a
 * bitrate that changes without a seam, memory that stays bounded when main stops reading, and a line that comes back.
 */
import { join } from 'node:path'
import type { Page } from 'playwright'
import { buildPage, CREDIT_BYTES, openBrowser, probeVideo, removeFolder, startServer } from './check-rig.ts'

const wrong: string[] = []
const expect = (what: string, holds: boolean, seen: unknown) => {
  console.log(`${holds ? 'ok   ' : 'WRONG'} ${what}: ${JSON.stringify(seen)}`)
  if (!holds) wrong.push(what)
}
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function until(condition: () => boolean, timeoutMs = 5000): Promise<boolean> {
  const end = performance.now() + timeoutMs
  while (!condition() && performance.now() < end) await wait(5)
  return condition()
}

const folder = await buildPage()
const server = await startServer(folder)
const { browser } = await openBrowser()
try {
  const page = await browser.newPage()
  page.on('pageerror', (error) => expect('no error in the page', false, error.message))
  await page.goto(server.url)
  await start(page)
  await goLive(page)
  await checkStream()
  await checkBitrate(page)
  await checkCredit(page)
  await checkReconnect()
  expect('no failure reported', true, await page.evaluate('window.check.failures()'))
  await page.evaluate('window.check.close()')
} finally {
  await browser.close()
  await server.close()
  await removeFolder(folder)
}
console.log(wrong.length === 0 ? 'All as it should be.' : `Wrong: ${wrong.join('; ')}`)
process.exitCode = wrong.length === 0 ? 0 : 1

async function start(page: Page): Promise<void> {
  const options = { url: server.url.replace('http', 'ws'), compositor: null, sources: 'test-pattern', encoding: {}, preview: null }
  await page.evaluate(`window.startCheck(${JSON.stringify(options)})`)
  await page.waitForFunction('window.check.figures() && window.check.figures().videoEncoder !== "" && window.check.figures().audioEncoder !== ""')
}

async function goLive(page: Page): Promise<void> {
  await until(() => server.state.socket !== null)
  const startMs = performance.now()
  await page.evaluate('window.check.setWish(true)')
  await until(() => server.received.packets.length > 0)
  const firstMs = (server.received.arrivedMs[0] ?? Number.NaN) - startMs
  expect('first packet within 300 ms', firstMs < 300, Math.round(firstMs))
  expect('one set of headers first, with sound and picture', server.received.headers.length === 1 && server.received.headers[0]?.audio !== null, server.received.headers.length)
}

async function checkStream(): Promise<void> {
  await wait(8000)
  const packets = server.received.packets.filter((packet) => packet.kind === 'video')
  const probed = await probeVideo(server.received, join(folder, 'check.h264'))
  expect('every packet is a frame', probed.frames === packets.length, [probed.frames, packets.length])
  expect('size', probed.width === 1280 && probed.height === 720, [probed.width, probed.height])
  expect('no B-frames', probed.hasBFrames === 0 && !probed.pictureTypes.includes('B'), probed.hasBFrames)
  const steps = packets.slice(1).map((packet, index) => packet.timestampUs - (packets[index]?.timestampUs ?? 0))
  const off = steps.filter((step) => Math.abs(step - 33_333) > 1)
  expect('every step is 1/30 s, but for what was dropped', off.length <= 2, off)
  const keys = packets.filter((packet) => packet.key)
  const gaps = keys.slice(1).map((packet, index) => (packet.timestampUs - (keys[index]?.timestampUs ?? 0)) / 1e6)
  expect('a key frame every 2 s', gaps.length >= 3 && gaps.every((gap) => Math.abs(gap - 2) < 0.001), gaps)
  const sound = server.received.packets.filter((packet) => packet.kind === 'audio')
  expect('sound beside it', sound.length > 300, sound.length)
  const apartMs = Math.abs((sound[0]?.timestampUs ?? 0) - (packets[0]?.timestampUs ?? 0)) / 1000
  expect('sound and picture start together', apartMs < 150, Math.round(apartMs))
}

async function checkBitrate(page: Page): Promise<void> {
  const rate = async () => {
    const from = server.received.packets.length
    await wait(3000)
    return server.received.packets.slice(from).filter((packet) => packet.kind === 'video').reduce((sum, packet) => sum + packet.data.length * 8, 0) / 3000
  }
  const headers = server.received.headers.length
  const before = await rate()
  await page.evaluate('window.check.setWish(true, { videoKbps: 250 })')
  await wait(1000)
  const after = await rate()
  expect('a lower rate is kept', after < 300 && after < before * 0.7, [Math.round(before), Math.round(after)])
  expect('without new headers', server.received.headers.length === headers, server.received.headers.length)
}

async function checkCredit(page: Page): Promise<void> {
  await page.evaluate('window.check.setWish(true, { videoKbps: 6000 })')
  server.state.hold = true
  await wait(7000)
  const dropped = Number(await page.evaluate('window.check.figures().framesDropped'))
  expect('no more than granted while main does not read', server.state.outstanding >= 0 && server.state.outstanding < CREDIT_BYTES / 4, server.state.outstanding)
  expect('what could not go out is dropped and counted', dropped > 30, dropped)
  const from = server.received.packets.length
  await wait(1000)
  expect('and nothing more comes', server.received.packets.length - from <= 5, server.received.packets.length - from)
  server.state.hold = false
  const resumed = server.received.packets.length
  server.state.topUp()
  const video = () => server.received.packets.slice(resumed).filter((packet) => packet.kind === 'video')
  expect('it goes on as soon as main reads', await until(() => video().length > 15, 1500), video().length)
  expect('with a key frame', video()[0]?.key === true, video()[0]?.key)
}

async function checkReconnect(): Promise<void> {
  const before = server.received.headers.length
  server.state.socket?.terminate()
  expect('the line comes back by itself', await until(() => server.received.headers.length > before), server.received.headers.length)
  const from = server.received.packets.length
  await until(() => server.received.packets.slice(from).some((packet) => packet.kind === 'video'))
  const first = server.received.packets.slice(from).find((packet) => packet.kind === 'video')
  expect('and begins with a key frame', first?.key === true, first?.key)
}
