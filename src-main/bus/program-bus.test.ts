import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../base/fake-clock.ts'
import type { BusItem, BusSubscriber } from './bus-subscriber.ts'
import { audioPacket, fakeHeaders, fakeProgram, videoPacket } from './fake-program.ts'
import { ProgramBus } from './program-bus.ts'

const never = new AbortController().signal

function readAll(reader: BusSubscriber): BusItem[] {
  const items: BusItem[] = []
  for (let item = reader.tryNext(); item; item = reader.tryNext()) items.push(item)
  return items
}

const names = (items: readonly BusItem[]): string[] =>
  items.map((item) => (item.type === 'headers' ? `headers ${item.headers.epoch}` : `${item.packet.key && item.packet.kind === 'video' ? 'key' : item.packet.kind} ${item.packet.timestampUs / 1000}`))

function setUp() {
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const asked = { times: 0 }
  bus.onKeyFrameWanted(() => void asked.times++)
  return { clock, bus, asked }
}

describe('ProgramBus', () => {
  it('gives a new reader headers, then the cached group from its key frame on', () => {
    const { bus, asked } = setUp()
    bus.publishHeaders(fakeHeaders())
    for (const packet of [videoPacket(0, true), videoPacket(33), videoPacket(66, true), audioPacket(70), videoPacket(100)]) bus.publish(packet)
    expect(names(readAll(bus.subscribe({ start: 'cached-group' })))).toEqual(['headers 1', 'key 66', 'audio 70', 'video 100'])
    expect(asked.times).toBe(0)
  })

  it('shows tracks that are only recorded to nobody but those who ask for them, from the cached group as from what comes', () => {
    const { bus } = setUp()
    const second = (ms: number) => ({ ...audioPacket(ms), track: 2 })
    bus.publishHeaders(fakeHeaders())
    for (const packet of [videoPacket(0, true), audioPacket(5), second(10)]) bus.publish(packet)
    const [push, recording] = [bus.subscribe({ start: 'cached-group' }), bus.subscribe({ start: 'cached-group', everyTrack: true })]
    expect(names(readAll(push))).toEqual(['headers 1', 'key 0', 'audio 5'])
    expect(names(readAll(recording))).toEqual(['headers 1', 'key 0', 'audio 5', 'audio 10'])
    for (const packet of [second(30), audioPacket(31)]) bus.publish(packet)
    expect(names(readAll(push))).toEqual(['audio 31'])
    expect(names(readAll(recording))).toEqual(['audio 30', 'audio 31'])
    expect(push.queuedBytes).toBe(0)
  })

  it('asks for no key frame on behalf of a reader that may not cost the others one: it begins, and begins again after a drop, at the next that comes anyhow', async () => {
    const { clock, bus, asked } = setUp()
    let mayAsk = false
    bus.publishHeaders(fakeHeaders())
    for (const packet of fakeProgram(0, 1000)) bus.publish(packet)
    const reader = bus.subscribe({ start: 'next-key-frame', mayAskKeyFrames: () => mayAsk })
    expect(names(readAll(reader))).toEqual(['headers 1'])
    for (const packet of [videoPacket(1000), videoPacket(2000, true), videoPacket(2033)]) bus.publish(packet)
    expect(names(readAll(reader))).toEqual(['key 2000', 'video 2033'])
    const fallBehind = async (fromMs: number) => {
      for (const packet of fakeProgram(fromMs, fromMs + 1500, 60_000)) bus.publish({ ...packet, key: packet.kind === 'audio' })
      await clock.advance(5000)
      readAll(reader)
    }
    await fallBehind(2100)
    expect(reader.framesDropped).toBeGreaterThan(20)
    expect(asked.times).toBe(0)
    bus.publish(videoPacket(4000, true))
    expect(names(readAll(reader))).toContain('key 4000')
    // It counts from the moment at which the user says so.
    mayAsk = true
    await fallBehind(4100)
    expect(asked.times).toBe(1)
  })

  it('waits for a fresh key frame, and asks for one, when the cached group is too old to begin with', () => {
    const { bus, asked } = setUp()
    bus.publishHeaders(fakeHeaders())
    for (const packet of fakeProgram(0, 1000)) bus.publish(packet)
    const reader = bus.subscribe({ start: 'cached-group' })
    expect(names(readAll(reader))).toEqual(['headers 1'])
    expect(asked.times).toBe(1)
    for (const packet of [videoPacket(1000), audioPacket(1010), videoPacket(1033, true), audioPacket(1040)]) bus.publish(packet)
    expect(names(readAll(reader))).toEqual(['key 1033', 'audio 1040'])
    expect(reader.framesDropped).toBe(0)
  })

  it('counts the time since the program stopped as age of the cached group', async () => {
    const { bus, clock, asked } = setUp()
    bus.publishHeaders(fakeHeaders())
    bus.publish(videoPacket(0, true))
    await clock.advance(5000)
    expect(names(readAll(bus.subscribe({ start: 'cached-group' })))).toEqual(['headers 1'])
    expect(asked.times).toBe(1)
  })

  it('never uses the cache for a reader that wants the next key frame', () => {
    const { bus, asked } = setUp()
    bus.publishHeaders(fakeHeaders())
    bus.publish(videoPacket(0, true))
    expect(names(readAll(bus.subscribe({ start: 'next-key-frame' })))).toEqual(['headers 1'])
    expect(asked.times).toBe(1)
  })

  it('queues nothing for a reader that has not read yet, however long its server takes to be reached', () => {
    const { bus } = setUp()
    const reader = bus.subscribe({ start: 'cached-group' })
    bus.publishHeaders(fakeHeaders())
    for (const packet of fakeProgram(0, 30_000)) bus.publish(packet)
    expect([reader.queuedMs, reader.queuedBytes, reader.framesDropped]).toEqual([0, 0, 0])
  })

  it('tells new headers before the packets of their epoch, behind what still waits of the old one', () => {
    const { bus } = setUp()
    bus.publishHeaders(fakeHeaders(1))
    const reader = bus.subscribe({ start: 'cached-group' })
    readAll(reader)
    bus.publish(videoPacket(0, true))
    bus.publishHeaders(fakeHeaders(2))
    bus.publish(videoPacket(33, true, 100, 2))
    expect(names(readAll(reader))).toEqual(['key 0', 'headers 2', 'key 33'])
  })

  it('does not repeat headers of the same epoch', () => {
    const { bus } = setUp()
    bus.publishHeaders(fakeHeaders(1))
    const reader = bus.subscribe({ start: 'cached-group' })
    readAll(reader)
    bus.publishHeaders(fakeHeaders(1))
    expect(readAll(reader)).toEqual([])
  })

  it('refuses a packet whose headers it never got', () => {
    const { bus } = setUp()
    expect(() => bus.publish(videoPacket(0, true))).toThrow(/epoch 1/)
    bus.publishHeaders(fakeHeaders(2))
    expect(() => bus.publish(videoPacket(0, true))).toThrow(/epoch 1/)
  })

  it('gives a program without picture from the next sound on', () => {
    const { bus } = setUp()
    bus.publishHeaders(fakeHeaders(1, { video: null }))
    const reader = bus.subscribe({ start: 'cached-group' })
    readAll(reader)
    bus.publish(audioPacket(0))
    expect(names(readAll(reader))).toEqual(['audio 0'])
  })

  it('wakes a reader that waits', async () => {
    const { bus } = setUp()
    const reader = bus.subscribe({ start: 'cached-group' })
    const first = reader.next(never)
    bus.publishHeaders(fakeHeaders())
    expect((await first).type).toBe('headers')
    const second = reader.next(never)
    bus.publish(videoPacket(0, true))
    expect(names([await second])).toEqual(['key 0'])
  })

  it('ends a wait with the reason of the signal, and can be read again', async () => {
    const { bus } = setUp()
    bus.publishHeaders(fakeHeaders())
    const reader = bus.subscribe({ start: 'cached-group' })
    readAll(reader)
    const stop = new AbortController()
    const waiting = reader.next(stop.signal)
    stop.abort(new StudioError('stopped'))
    await expect(waiting).rejects.toMatchObject({ reason: 'stopped' })
    bus.publish(videoPacket(0, true))
    expect(names(readAll(reader))).toEqual(['key 0'])
  })

  it('lets readers finish what waits when it closes, then ends them with no-program', async () => {
    const { bus } = setUp()
    bus.publishHeaders(fakeHeaders())
    const reader = bus.subscribe({ start: 'cached-group' })
    readAll(reader)
    bus.publish(videoPacket(0, true))
    bus.close()
    expect(names([await reader.next(never)])).toEqual(['key 0'])
    await expect(reader.next(never)).rejects.toMatchObject({ reason: 'no-program' })
    await expect(bus.subscribe({ start: 'cached-group' }).next(never)).rejects.toMatchObject({ reason: 'no-program' })
  })

  it('lets a sealed reader finish what waits and takes no more in for it', async () => {
    const { bus } = setUp()
    bus.publishHeaders(fakeHeaders())
    const reader = bus.subscribe({ start: 'cached-group' })
    readAll(reader)
    bus.publish(videoPacket(0, true))
    reader.seal()
    bus.publish(videoPacket(33))
    expect(names(readAll(reader))).toEqual(['key 0'])
    await expect(reader.next(never)).rejects.toMatchObject({ reason: 'stopped' })
    expect(bus.readers).toBe(0)
  })

  it('forgets a reader that left', async () => {
    const { bus } = setUp()
    const reader = bus.subscribe({ start: 'cached-group' })
    reader.close()
    expect(bus.readers).toBe(0)
    await expect(reader.next(never)).rejects.toMatchObject({ reason: 'stopped' })
  })

  it('shares payloads between readers instead of copying them', () => {
    const { bus } = setUp()
    bus.publishHeaders(fakeHeaders())
    const readers = [bus.subscribe({ start: 'cached-group' }), bus.subscribe({ start: 'cached-group' })]
    for (const reader of readers) readAll(reader)
    const packet = videoPacket(0, true)
    bus.publish(packet)
    for (const reader of readers) {
      const [item] = readAll(reader)
      expect(item?.type === 'packet' && item.packet.data).toBe(packet.data)
    }
  })
})
