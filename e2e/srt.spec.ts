import { expect, test } from '@playwright/test'
import { udpPortTaken } from '../src-main/outputs/srt/fake-srt-peer.ts'
import { addDestination } from './fixtures/add-destination.ts'
import { NginxRtmp, nginxRtmpMissing } from './fixtures/nginx-rtmp.ts'
import { patternShow, TestFolder } from './fixtures/shows.ts'
import { freeUdpPort, SrtReceiver, srtMissing } from './fixtures/srt-receiver.ts'
import { SteeredStudio } from './fixtures/steered-studio.ts'
import { inspect } from './fixtures/stream-check.ts'
import { until } from './fixtures/until.ts'

test.skip(srtMissing !== null, srtMissing ?? '')

const show = patternShow({ width: 640, height: 360, videoKbps: 1000 })
const PASSPHRASE = 'hush-hush-hush-hush'

let folder: TestFolder
let studio: SteeredStudio
const receivers: SrtReceiver[] = []
test.beforeEach(async () => {
  folder = await TestFolder.create()
  studio = await SteeredStudio.start(show)
})
test.afterEach(async () => {
  const info = test.info()
  if (info.status !== info.expectedStatus) for (const [index, { process }] of receivers.entries()) await info.attach(`receiver-${index}`, { body: process.output })
  await studio.close()
  await Promise.all(receivers.splice(0).map((each) => each.close()))
  await folder.close()
})

const receive = (address: string, name = 'received.ts') => {
  const receiver = SrtReceiver.start(address, folder.file(name))
  receivers.push(receiver)
  return receiver
}
const isRunning = ({ state }: { state: string }) => state === 'running'

/** What arrived is a whole stream: right size and rate, rising, no hole. */
async function expectWhole(file: string, framesDropped: number): Promise<void> {
  const facts = await inspect(file, { settleS: 1 })
  expect(facts.video).toMatchObject({ codec: 'h264', width: 640, height: 360, bFrames: 0, monotonic: true })
  expect(facts.audio).toMatchObject({ codec: 'aac', sampleRate: 48_000, channels: 2, monotonic: true })
  expect(facts.video?.fps).toBeGreaterThan(20)
  // A computer that is taken off its processor for a second drops to the next key frame, and says so.
  if (framesDropped === 0) expect(facts.audio?.longestGapMs).toBeLessThan(200)
}

test('calls a listener with passphrase and stream id beside RTMP, and stops without leaving anything behind', async () => {
  test.skip(nginxRtmpMissing !== null, nginxRtmpMissing ?? '')
  const server = await NginxRtmp.start()
  try {
    const port = await freeUdpPort()
    const receiver = receive(`srt://127.0.0.1:${port}?mode=listener&passphrase=${PASSPHRASE}&pbkeylen=24`)
    const [srt, rtmp] = [
      await addDestination(studio, { kind: 'srt', address: `srt://127.0.0.1:${port}`, srt: { latencyMs: 150, keyLength: 24 } }, { key: '#!::r=live/show,m=publish', passphrase: PASSPHRASE }),
      await studio.addDestination({ address: server.address, key: 'beside' }),
    ]
    await studio.onlyDestinations(srt, rtmp)
    await studio.goLive()
    for (const id of [srt, rtmp]) await studio.output(id, isRunning)
    await until('a few seconds have arrived', () => receiver.receivedBytes > 500_000, { timeoutMs: 30_000 })
    const figures = await studio.figuresOf(srt)
    expect(figures.rttMs).not.toBeNull()
    expect(figures.line?.retransmits).not.toBeNull()
    expect(figures.bytesAcknowledged).toBeGreaterThan(100_000)
    expect(await studio.studio.tracesText()).not.toContain(PASSPHRASE)
    const { totalFramesDropped } = await studio.figuresOf(srt)
    await studio.endShow()
    // The listener takes one connection and ends after our goodbye.
    await until('the receiver was told', () => receiver.process.exit !== null)
    expect(receiver.process.exit?.code).toBe(0)
    await expectWhole(receiver.file, totalFramesDropped)
  } finally {
    await server.close()
  }
})

test('names a wrong passphrase and does not go on trying', async () => {
  const port = await freeUdpPort()
  const receiver = receive(`srt://127.0.0.1:${port}?mode=listener&passphrase=${PASSPHRASE}`)
  await until('the listener is there', () => udpPortTaken(port))
  const id = await addDestination(studio, { kind: 'srt', address: `srt://127.0.0.1:${port}` }, { passphrase: 'another-passphrase' })
  await studio.onlyDestinations(id)
  await studio.goLive()
  const status = await studio.output(id, ({ state }) => state === 'failed')
  expect(status).toMatchObject({ final: true, connects: 0, failure: { reason: 'passphrase-wrong' } })
  expect(receiver.receivedBytes).toBe(0)
})

test('comes back when the receiver was killed and is there again', async () => {
  const port = await freeUdpPort()
  const address = `srt://127.0.0.1:${port}?mode=listener`
  const first = receive(address, 'first.ts')
  const id = await addDestination(studio, { kind: 'srt', address: `srt://127.0.0.1:${port}` })
  await studio.onlyDestinations(id)
  await studio.goLive()
  await studio.output(id, isRunning)
  await until('media has arrived', () => first.receivedBytes > 100_000)
  first.kill()
  const broken = await studio.output(id, ({ state }) => state === 'recovering')
  expect(['connection-lost', 'stalled', 'server-closed']).toContain(broken.failure?.reason)
  const second = receive(address, 'second.ts')
  expect(await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2, 30_000)).toMatchObject({ final: false })
  await until('media has arrived again', () => second.receivedBytes > 300_000)
  const { totalFramesDropped } = await studio.figuresOf(id)
  await studio.endShow()
  await until('the receiver was told', () => second.process.exit !== null)
  await expectWhole(second.file, totalFramesDropped)
})

test('waits to be called, serves its caller, and the next one after that', async () => {
  const port = await freeUdpPort()
  const id = await addDestination(studio, { kind: 'srt', address: `srt://127.0.0.1:${port}`, srt: { mode: 'listener' } }, { passphrase: PASSPHRASE })
  await studio.onlyDestinations(id)
  await studio.goLive()
  await until('the port is open', () => udpPortTaken(port))
  const address = `srt://127.0.0.1:${port}?mode=caller&passphrase=${PASSPHRASE}`
  const first = receive(address, 'first.ts')
  await studio.output(id, isRunning)
  await until('media has arrived', () => first.receivedBytes > 300_000)
  first.process.signal('SIGTERM')
  await studio.output(id, ({ state }) => state === 'recovering')
  await until('it waits again', () => udpPortTaken(port))
  const second = receive(address, 'second.ts')
  await studio.output(id, ({ state, connects }) => state === 'running' && connects === 2)
  await until('media has arrived', () => second.receivedBytes > 300_000)
  const { totalFramesDropped } = await studio.figuresOf(id)
  await studio.endShow()
  await until('the caller was told', () => second.process.exit !== null)
  await expectWhole(second.file, totalFramesDropped)
})
