import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { decodeLeft, MICROPHONE_AMPLITUDE, openRig, type PageRig, probe, type Rig, rmsDbfs, type Strip, type Taken, writeAdts } from './rig.ts'

// Microphone and beep through the real mixer, worklet, coder and encoder in Chromium, judged by FFmpeg's ears.

const OPEN: Strip = { volumeDb: 0, muted: false }
const MICROPHONE_RMS_DBFS = 20 * Math.log10(MICROPHONE_AMPLITUDE / Math.SQRT2)
const PACKET_US = (1024 / 48_000) * 1e6

/** Inside `page.evaluate` only. */
declare const rig: PageRig

let opened: Rig
let page: Page

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(120_000)
  opened = await openRig()
  page = opened.page
  await expect.poll(() => page.evaluate(() => rig.counts().openMs), { timeout: 20_000 }).not.toBeNull()
})
test.afterAll(async () => {
  await opened?.close()
})

/** Starts coding with nothing from before, and waits for so many packets. */
async function record(packets: number): Promise<Taken> {
  await page.evaluate(() => {
    rig.take()
    rig.start()
  })
  await expect.poll(() => page.evaluate(() => rig.counts().packets), { timeout: packets * 60, intervals: [250] }).toBeGreaterThanOrEqual(packets)
  return page.evaluate(() => {
    rig.stop()
    return rig.take()
  })
}

async function decoded(name: string, taken: Taken): Promise<Float32Array> {
  const path = join(opened.dir, `${name}.aac`)
  await writeAdts(path, taken)
  expect(await probe(path)).toMatchObject({ codec_name: 'aac', profile: 'LC', sample_rate: '48000', channels: 2 })
  return decodeLeft(path)
}

function expectOneGrid(taken: Taken): void {
  const { packets } = taken
  for (let i = 1; i < packets.length; i++) expect(Math.abs(packets[i]!.timestampUs - packets[i - 1]!.timestampUs - PACKET_US)).toBeLessThan(2)
}

test('the page loads everything under the studio policy', async () => {
  const { figures, openMs } = await page.evaluate(() => rig.counts())
  console.log(`encoder: ${figures?.audioEncoder} (${figures?.encoderReason || 'the best'}), ready after ${Math.round(openMs ?? 0)} ms`)
  expect(figures?.audioEncoder).not.toBe('')
  expect(opened.problems).toEqual([])
})

test('the beep lies on the wall second, in a stream as long as its time stamps say', async () => {
  test.setTimeout(60_000)
  await page.evaluate(async () => {
    await rig.setMicrophone('microphone', { volumeDb: -40, muted: false })
    rig.setBeep('beep', { volumeDb: 0, muted: false })
  })
  const taken = await record(12 * 47)
  const sound = await decoded('beep', taken)
  const { packets } = taken
  expectOneGrid(taken)
  expect(sound.length).toBe(packets.length * 1024)
  const spanUs = packets.at(-1)!.timestampUs - packets[0]!.timestampUs
  expect(Math.abs(spanUs - (packets.length - 1) * PACKET_US)).toBeLessThan(1000)

  const onsetErrorsMs: number[] = []
  for (let i = 4096, quiet = 0; i < sound.length; i++) {
    if (Math.abs(sound[i]!) < 0.02) quiet++
    else if (Math.abs(sound[i]!) > 0.1) {
      if (quiet > 10_000) {
        const atUs = packets[0]!.timestampUs + (i / 48_000) * 1e6
        onsetErrorsMs.push((atUs - Math.round(atUs / 1e6) * 1e6) / 1000)
      }
      quiet = 0
    }
  }
  console.log(`beep against the wall second, ms: ${onsetErrorsMs.map((each) => each.toFixed(2)).join(' ')}`)
  expect(onsetErrorsMs.length).toBeGreaterThanOrEqual(10)
  const distancesMs = onsetErrorsMs.map(Math.abs).sort((a, b) => a - b)
  expect(distancesMs[distancesMs.length >> 1]!).toBeLessThan(5)
  // A machine so busy that Chromium skips rendering shows one beep off until the clock has been learnt anew.
  expect(distancesMs.filter((each) => each >= 10).length).toBeLessThanOrEqual(2)
  expect(distancesMs.at(-1)!).toBeLessThan(40)

  // When a packet comes out of the worker: what it begins with was rendered so long before.
  const delaysMs = packets.slice(20).map((packet) => (packet.arrivedUs - packet.timestampUs) / 1000).sort((a, b) => a - b)
  console.log(`from sound to packet, ms: median ${delaysMs[delaysMs.length >> 1]!.toFixed(0)}, worst ${delaysMs.at(-1)!.toFixed(0)}`)
  expect(delaysMs[delaysMs.length >> 1]!).toBeLessThan(150)
  await page.evaluate(() => rig.remove('beep'))
})

test('a strip at -10 dB is 10 dB lower, and a muted one is silent', async () => {
  await page.evaluate(() => rig.setStrip('microphone', { volumeDb: -10, muted: false }))
  const lower = await decoded('lower', await record(6 * 47))
  const levelDbfs = rmsDbfs(lower.subarray(24_000, 72_000))
  // Whole: no stretch of 10 ms in which Chromium lost some of the microphone's sound on the way.
  const stretches = Array.from({ length: 480 }, (_, i) => rmsDbfs(lower.subarray(24_000 + i * 480, 24_480 + i * 480)))
  const broken = stretches.filter((each) => Math.abs(each - levelDbfs) > 0.5).length
  console.log(`${broken} of ${stretches.length} stretches of 10 ms are not whole`)
  expect(broken).toBeLessThan(stretches.length / 20)
  console.log(`-10 dB strip: ${levelDbfs.toFixed(2)} dBFS, expected ${(MICROPHONE_RMS_DBFS - 10).toFixed(2)}`)
  expect(Math.abs(levelDbfs - (MICROPHONE_RMS_DBFS - 10))).toBeLessThan(0.5)

  await page.evaluate(() => rig.setStrip('microphone', { volumeDb: 0, muted: true }))
  const muted = await decoded('muted', await record(96))
  expect(rmsDbfs(muted.subarray(24_000, 72_000))).toBeLessThan(-85)

  await page.evaluate(() => rig.setStrip('microphone', { volumeDb: -100, muted: false }))
  const down = await decoded('down', await record(96))
  expect(rmsDbfs(down.subarray(24_000, 72_000))).toBeLessThan(-85)
})

test('meters tell a known tone, twenty times a second, also of a muted strip', async () => {
  await page.evaluate((strip) => rig.setStrip('microphone', strip), { ...OPEN, muted: true })
  await page.evaluate(() => rig.setTone('tone', 0.5, { volumeDb: -6, muted: false }))
  const before = await page.evaluate(() => rig.meters(1)[0]!.atMs)
  await expect.poll(() => page.evaluate(() => rig.meters(1)[0]!.atMs), { intervals: [200] }).toBeGreaterThan(before + 3000)
  const readings = await page.evaluate(() => rig.meters(41))
  const perSecond = (40 * 1000) / (readings.at(-1)!.atMs - readings[0]!.atMs)
  console.log(`meters: ${perSecond.toFixed(2)} per second, ${JSON.stringify(readings.at(-1)!.frame)}`)
  expect(Math.abs(perSecond - 20)).toBeLessThan(1)
  // The middle of two seconds: on a busy machine Chromium now and then loses 10 ms between two contexts.
  const usual = (id: string, kind: 'peakDbfs' | 'rmsDbfs') => readings.map(({ frame }) => frame[id]![kind]).sort((a, b) => a - b)[readings.length >> 1]!
  expect(Math.abs(usual('tone', 'peakDbfs') - (20 * Math.log10(0.5) - 6))).toBeLessThan(0.1)
  expect(Math.abs(usual('tone', 'rmsDbfs') - (20 * Math.log10(0.5 / Math.SQRT2) - 6))).toBeLessThan(0.1)
  expect(Math.abs(usual('microphone', 'rmsDbfs') - MICROPHONE_RMS_DBFS)).toBeLessThan(0.1)
  expect(Math.abs(usual('program', 'rmsDbfs') - usual('tone', 'rmsDbfs'))).toBeLessThan(0.1)
  await page.evaluate(() => rig.remove('tone'))
  await expect.poll(() => page.evaluate(() => rig.meters(1)[0]!.frame)).not.toHaveProperty('tone')
})

test('more strips than a meter node has inputs are all metered', async () => {
  await page.evaluate(() => {
    for (let i = 0; i < 12; i++) rig.setTone(`tone-${i}`, 0.01 * (i + 1), { volumeDb: 0, muted: true })
  })
  await expect.poll(() => page.evaluate(() => rig.meters(1)[0]!.frame['tone-11']?.peakDbfs ?? -100), { timeout: 10_000 }).toBeGreaterThan(-19)
  const { frame } = (await page.evaluate(() => rig.meters(1)))[0]!
  for (let i = 0; i < 12; i++) expect(Math.abs(frame[`tone-${i}`]!.peakDbfs - 20 * Math.log10(0.01 * (i + 1)))).toBeLessThan(0.3)
  await page.evaluate(() => {
    for (let i = 0; i < 12; i++) rig.remove(`tone-${i}`)
  })
})

test('coding starts at once, again and again, and its time stamps rise', async () => {
  let last = 0
  for (let round = 0; round < 3; round++) {
    const startedUs = await page.evaluate(() => rig.wallUs())
    const taken = await record(10)
    const firstMs = (taken.packets[0]!.arrivedUs - startedUs) / 1000
    expect(firstMs).toBeLessThan(400)
    for (const packet of taken.packets) {
      expect(packet.timestampUs).toBeGreaterThan(last)
      last = packet.timestampUs
    }
  }
})

test('a worker that is busy for two seconds leaves no hole in the time line', async () => {
  await page.evaluate(() => rig.setStrip('microphone', { volumeDb: 0, muted: false }))
  await page.evaluate(() => setTimeout(() => rig.busy(2000), 1500))
  const taken = await record(8 * 47)
  expectOneGrid(taken)
  const last = taken.packets.at(-1)!
  expect((last.arrivedUs - last.timestampUs) / 1000).toBeLessThan(400)
  expect((await decoded('busy', taken)).length).toBe(taken.packets.length * 1024)
})

test('the cost of the whole audio path', async () => {
  test.setTimeout(90_000)
  // A figure to look at, not to judge by: CASTWRIGHT_COST_SECONDS=30 makes it a steady one.
  const seconds = Number(process.env['CASTWRIGHT_COST_SECONDS'] ?? 2)
  const share = async (what: string): Promise<void> => {
    const before = await opened.cpuSeconds()
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
    const after = await opened.cpuSeconds()
    const shares = Object.entries(after).map(([type, used]) => `${type.split('.').at(-1)} ${(((used - (before[type] ?? 0)) / seconds) * 100).toFixed(1)} %`)
    console.log(`${what}, of one core: ${shares.join(', ')}`)
  }
  await share('an empty mixer')
  await page.evaluate(async () => {
    await rig.setMicrophone('microphone', { volumeDb: -6, muted: false })
    rig.setBeep('beep', { volumeDb: 0, muted: false })
  })
  await share('mixing and metering a microphone and the beep')
  await page.evaluate(() => rig.start())
  await share('and coding')
  const { figures } = await page.evaluate(() => rig.counts())
  console.log(`drift ${figures?.driftPpm} ppm, ${figures?.audioKbps} kbit/s`)
  expect(figures?.audioKbps).toBeGreaterThan(20)
  expect(opened.problems).toEqual([])
})
