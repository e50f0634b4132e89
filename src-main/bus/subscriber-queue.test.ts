import { describe, expect, it } from 'vitest'
import type { Packet } from '@shared/domain/packet.ts'
import { FakeClock } from '../base/fake-clock.ts'
import type { BusSubscriber } from './bus-subscriber.ts'
import { audioPacket, fakeHeaders, fakeProgram, videoPacket } from './fake-program.ts'
import { ProgramBus } from './program-bus.ts'

function setUp() {
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const asked = { times: 0 }
  bus.onKeyFrameWanted(() => void asked.times++)
  bus.publishHeaders(fakeHeaders())
  const reader = bus.subscribe({ start: 'cached-group' })
  reader.tryNext()
  asked.times = 0
  return { clock, bus, asked, reader }
}

function readPackets(reader: BusSubscriber): Packet[] {
  const packets: Packet[] = []
  for (let item = reader.tryNext(); item; item = reader.tryNext()) if (item.type === 'packet') packets.push(item.packet)
  return packets
}

const timesMs = (packets: readonly Packet[], kind: Packet['kind']): number[] => packets.filter((each) => each.kind === kind).map((each) => each.timestampUs / 1000)

describe('SubscriberQueue', () => {
  it('keeps everything while it is no older than the limit', () => {
    const { bus, reader } = setUp()
    const sent = [...fakeProgram(0, 690)]
    for (const packet of sent) bus.publish(packet)
    expect(reader.framesDropped).toBe(0)
    expect(readPackets(reader)).toEqual(sent.filter((each) => each.timestampUs >= 0))
  })

  it('skips to the newest queued key frame, keeping the sound that belongs to it', () => {
    const { bus, reader } = setUp()
    bus.publish(videoPacket(0, true))
    bus.publish(audioPacket(10))
    bus.publish(videoPacket(300))
    bus.publish(audioPacket(610))
    bus.publish(videoPacket(600, true))
    bus.publish(audioPacket(590))
    bus.publish(audioPacket(631))
    bus.publish(videoPacket(710))
    const packets = readPackets(reader)
    expect(packets.map((each) => each.timestampUs / 1000)).toEqual([600, 610, 631, 710])
    expect(reader.framesDropped).toBe(2)
  })

  it('drops everything where no key frame is queued, and resumes picture and sound together', () => {
    const { bus, reader } = setUp()
    for (const packet of fakeProgram(0, 710)) bus.publish(packet)
    bus.publish(videoPacket(733))
    bus.publish(audioPacket(690))
    bus.publish(audioPacket(740))
    bus.publish(videoPacket(766, true))
    const packets = readPackets(reader)
    expect(timesMs(packets, 'video')).toEqual([766])
    expect(timesMs(packets, 'audio')).toEqual([740])
    expect(reader.framesDropped).toBeGreaterThan(20)
  })

  it('asks for a key frame once the slow reader reads again', async () => {
    const { bus, reader, asked, clock } = setUp()
    await clock.advance(2000)
    for (const packet of fakeProgram(0, 800)) bus.publish(packet)
    expect(asked.times).toBe(0)
    reader.tryNext()
    expect(asked.times).toBe(1)
  })

  it('asks nothing on behalf of a reader that has stopped reading, so that it costs the others no bitrate', async () => {
    const { bus, asked, clock } = setUp()
    for (const packet of fakeProgram(0, 60_000)) {
      bus.publish(packet)
      if (packet.kind === 'video') await clock.advance(1000 / 30)
    }
    expect(asked.times).toBe(0)
  })

  it('asks no more than once in 2 s for a reader whose line is too thin', async () => {
    const { bus, reader, asked, clock } = setUp()
    let frames = 0
    for (const packet of fakeProgram(0, 60_000, 500)) {
      bus.publish(packet)
      if (packet.kind !== 'video') continue
      await clock.advance(1000 / 30)
      if (++frames % 3 === 0) reader.tryNext()
    }
    expect(reader.framesDropped).toBeGreaterThan(500)
    expect(asked.times).toBeLessThanOrEqual(31)
  })

  it('does not count a jump of time stamps as a long queue once it is read', () => {
    const { bus, reader } = setUp()
    bus.publish(videoPacket(0, true))
    expect(readPackets(reader)).toHaveLength(1)
    bus.publish(videoPacket(5000, true))
    bus.publish(audioPacket(5010))
    expect(readPackets(reader)).toHaveLength(2)
    expect(reader.framesDropped).toBe(0)
  })

  it('is bounded in bytes too', () => {
    const clock = new FakeClock()
    const bus = new ProgramBus(clock)
    bus.publishHeaders(fakeHeaders())
    const reader = bus.subscribe({ start: 'next-key-frame', limits: { dropAfterMs: 700, maxQueuedMs: 2000, maxQueuedBytes: 5000, keyFrameEveryMs: 0 } })
    reader.tryNext()
    bus.publish(videoPacket(0, true, 4000))
    bus.publish(videoPacket(33, false, 2000))
    expect(reader.queuedBytes).toBe(0)
    expect(reader.framesDropped).toBe(2)
  })

  it('refuses a second reader at the same time', async () => {
    const { reader } = setUp()
    const stop = new AbortController()
    const first = reader.next(stop.signal)
    await expect(reader.next(stop.signal)).rejects.toThrow(/one reader/)
    stop.abort(new Error('over'))
    await expect(first).rejects.toThrow('over')
  })
})

/** mulberry32: a small generator with a seed, so that a failure can be repeated. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One reader that reads well, badly and not at all by turns, over a minute of program with key frames now and then. */
function runOnce(seed: number) {
  const random = seeded(seed)
  const { bus, reader } = setUp()
  const other = bus.subscribe({ start: 'next-key-frame' })
  other.tryNext()
  const published: Packet[] = []
  const read: Packet[] = []
  const readByOther: Packet[] = []
  let longestMs = 0
  let perTick = 5
  let atMs = 0
  let sinceKeyMs = 0
  for (let frame = 0; frame < 1800; frame++) {
    if (random() < 0.02) perTick = [0, 1, 2, 5][Math.floor(random() * 4)] ?? 5
    // Now and then the program itself pauses, as when the page is reloaded.
    atMs += random() < 0.002 ? 3000 : 1000 / 30
    sinceKeyMs += 1000 / 30
    const key = frame === 0 || sinceKeyMs > 2000 || random() < 0.01
    if (key) sinceKeyMs = 0
    const lead = random() * 80 - 40
    const packets = [videoPacket(atMs, key, 1 + Math.floor(random() * 20_000)), audioPacket(Math.max(0, atMs + lead)), audioPacket(Math.max(0, atMs + lead + 21))]
    for (const packet of packets) {
      bus.publish(packet)
      published.push(packet)
      longestMs = Math.max(longestMs, reader.queuedMs)
    }
    for (let i = 0; i < perTick; i++) {
      const item = reader.tryNext()
      if (item?.type === 'packet') read.push(item.packet)
    }
    readByOther.push(...readPackets(other))
  }
  return { published, read, readByOther, reader, longestMs, rest: readPackets(reader) }
}

describe('SubscriberQueue under a reader of changing speed (seeded)', () => {
  const runs = Array.from({ length: 25 }, (_, i) => ({ seed: i + 1, ...runOnce(i + 1) }))

  it('never holds more than 2 s', () => {
    for (const { seed, longestMs } of runs) expect(longestMs, `seed ${seed}`).toBeLessThanOrEqual(2000)
  })

  it('resumes at a key frame after every loss, in order, and counts exactly what it lost', () => {
    for (const { seed, published, read, rest, reader } of runs) {
      const video = published.filter((each) => each.kind === 'video')
      const place = new Map(video.map((each, index) => [each, index]))
      let last = -1
      let got = 0
      for (const packet of [...read, ...rest].filter((each) => each.kind === 'video')) {
        const index = place.get(packet) ?? -1
        if (index <= last) expect.fail(`seed ${seed}: frame ${index} came after ${last}`)
        if (index !== last + 1 && !packet.key) expect.fail(`seed ${seed}: resumed at frame ${index}, which is no key frame`)
        last = index
        got++
      }
      expect(got + reader.framesDropped, `seed ${seed}`).toBe(video.length)
    }
  })

  it('keeps sound in order and in step with the picture it jumped to', () => {
    for (const { seed, published, read } of runs) {
      const order = new Map(published.map((each, index) => [each, index]))
      const video = published.filter((each) => each.kind === 'video')
      const place = new Map(video.map((each, index) => [each, index]))
      let lastSound = -1
      let lastFrame = -1
      expect(read.length).toBeGreaterThan(100)
      for (const packet of read) {
        if (packet.kind === 'audio') {
          const sound = order.get(packet) ?? -1
          if (sound <= lastSound) expect.fail(`seed ${seed}: sound out of order`)
          lastSound = sound
          const shown = video[lastFrame]
          // The coders' own lead and lag (40 ms each way here) is all that may lie between them.
          const behindMs = shown ? (shown.timestampUs - packet.timestampUs) / 1000 : 0
          if (behindMs > 85) expect.fail(`seed ${seed}: sound ${behindMs} ms behind the picture`)
        } else lastFrame = place.get(packet) ?? -1
      }
    }
  })

  it('loses nothing for the reader beside it', () => {
    for (const { seed, published, readByOther } of runs) {
      expect(readByOther.length, `seed ${seed}`).toBe(published.length)
      expect(readByOther.findIndex((packet, i) => packet !== published[i]), `seed ${seed}`).toBe(-1)
    }
  })
})
