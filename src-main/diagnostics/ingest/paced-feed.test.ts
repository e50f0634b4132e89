import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import type { BusItem } from '../../bus/bus-subscriber.ts'
import { ffmpegIsThere } from '../../outputs/rtmp/flv-sample.ts'
import { PacedFeed } from './paced-feed.ts'
import { testFrame, testHeaders } from './test-stream.ts'

const never = new AbortController().signal
const drain = (feed: PacedFeed): BusItem[] => {
  const items: BusItem[] = []
  for (let item = feed.tryNext(); item; item = feed.tryNext()) items.push(item)
  return items
}
const packets = (items: BusItem[]) => items.flatMap((item) => (item.type === 'packet' ? [item.packet] : []))
const bytes = (items: BusItem[]) => packets(items).reduce((sum, { data }) => sum + data.length, 0)

/** Reads all the time for so long. */
async function read(feed: PacedFeed, clock: FakeClock, forMs: number): Promise<BusItem[]> {
  const items: BusItem[] = []
  for (let ms = 0; ms < forMs; ms += 10) {
    await clock.advance(10)
    items.push(...drain(feed))
  }
  return items
}

async function begin(kbps: number) {
  const clock = new FakeClock()
  const feed = new PacedFeed(clock, kbps)
  await clock.advance(5000)
  const first = await feed.next(never)
  return { clock, feed, first }
}

describe('the test stream', () => {
  it('begins when it is first read, with headers and a key frame', async () => {
    const { first, feed } = await begin(2500)
    expect(first.type).toBe('headers')
    const items = drain(feed)
    expect(packets(items).filter(({ kind }) => kind === 'video').map(({ key }) => key)).toEqual([true])
    feed.close()
  })

  it.each([1000, 2500, 12_000])('is %i kbit/s to the byte, frame by frame', async (kbps) => {
    const { clock, feed } = await begin(kbps)
    drain(feed)
    const items = await read(feed, clock, 4100)
    expect(bytes(items)).toBeGreaterThan(kbps * 512.5 * 0.98)
    expect(bytes(items)).toBeLessThan(kbps * 512.5 * 1.02)
    const video = packets(items).filter(({ kind }) => kind === 'video')
    expect(Math.abs(video.length - 123)).toBeLessThan(2)
    expect(video.filter(({ key }) => key).length).toBe(2)
    expect(Math.max(...video.map(({ data }) => data.length))).toBeLessThan((kbps * 125) / 30 + 20)
    feed.close()
    expect(clock.pending).toBe(0)
  })

  it('changes its rate at once, and with a key frame where it begins afresh', async () => {
    const { clock, feed } = await begin(2500)
    await clock.advance(1000)
    feed.setRate(1000, true)
    expect(feed.queuedBytes).toBe(0)
    const items = await read(feed, clock, 1000)
    expect(packets(items).find(({ kind }) => kind === 'video')?.key).toBe(true)
    expect(bytes(items)).toBeLessThan(1000 * 125 * 1.06)
    feed.close()
  })

  it('tells how long frames wait, and drops them in the end', async () => {
    const { clock, feed } = await begin(2500)
    await clock.advance(2000)
    expect(feed.queuedMs).toBeGreaterThan(1900)
    expect(feed.framesDropped).toBe(0)
    await clock.advance(2000)
    expect(feed.queuedMs).toBeLessThan(1100)
    expect(feed.framesDropped).toBeGreaterThan(80)
    feed.close()
  })

  it.skipIf(!ffmpegIsThere())('can be decoded, padding and all', () => {
    const { avcC } = testHeaders(2500).video!
    const spsBytes = avcC[7]!
    const start = Buffer.of(0, 0, 0, 1)
    const annexB: Buffer[] = [start, Buffer.from(avcC.subarray(8, 8 + spsBytes)), start, Buffer.from(avcC.subarray(8 + spsBytes + 3))]
    for (let frame = 0; frame < 130; frame++) {
      const data = Buffer.from(testFrame(frame % 60, frame % 2 === 0 ? 10_000 : 0))
      for (let at = 0; at < data.length; at += 4 + data.readUInt32BE(at)) annexB.push(start, data.subarray(at + 4, at + 4 + data.readUInt32BE(at)))
    }
    const decoded = spawnSync('ffmpeg', ['-v', 'warning', '-xerror', '-f', 'h264', '-i', 'pipe:0', '-fps_mode', 'passthrough', '-pix_fmt', 'gray', '-f', 'rawvideo', 'pipe:1'], { input: Buffer.concat(annexB), maxBuffer: 16 * 1024 * 1024 })
    expect(decoded.stderr.toString()).toBe('')
    expect(decoded.stdout.length / (128 * 128)).toBe(130)
  })
})
