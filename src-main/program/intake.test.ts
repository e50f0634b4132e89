import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import type { Packet } from '@shared/domain/packet.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import type { BusItem } from '../bus/bus-subscriber.ts'
import { audioPacket, fakeHeaders, fakeProgram, videoPacket } from '../bus/fake-program.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import type { CreateTranscoder } from './codec-stage.ts'
import { FakePort } from './fake-port.ts'
import { ProgramIntake } from './intake.ts'
import type { TranscoderEvents } from './transcode/vp8-transcoder.ts'

function setUp(initialCreditBytes = 100_000, createTranscoder?: CreateTranscoder) {
  const clock = new FakeClock()
  const bus = new ProgramBus(clock)
  const intake = new ProgramIntake(bus, clock, silentLogger, { initialCreditBytes, createTranscoder })
  const patient = { dropAfterMs: Infinity, maxQueuedMs: Infinity, maxQueuedBytes: Infinity, keyFrameEveryMs: 0 }
  const reader = bus.subscribe({ start: 'next-key-frame', limits: patient })
  const read = () => {
    const items: BusItem[] = []
    for (let item = reader.tryNext(); item; item = reader.tryNext()) items.push(item)
    return items
  }
  read()
  const open = () => {
    const port = new FakePort()
    intake.attach(port)
    return port
  }
  return { clock, bus, intake, read, open }
}

const packetsOf = (items: readonly BusItem[]): Packet[] => items.flatMap((item) => (item.type === 'packet' ? [item.packet] : []))
const timesMs = (items: readonly BusItem[]): number[] => packetsOf(items).map((packet) => packet.timestampUs / 1000)
const epochs = (items: readonly BusItem[]): number[] => items.flatMap((item) => (item.type === 'headers' ? [item.headers.epoch] : []))

describe('ProgramIntake', () => {
  it('passes headers and packets on to the bus, from the first key frame on', () => {
    const { open, read, intake } = setUp()
    const port = open()
    port.headers(fakeHeaders(7))
    for (const packet of [audioPacket(0, 20, 7), videoPacket(0, false, 100, 7), videoPacket(33, true, 100, 7), audioPacket(40, 20, 7)]) port.packet(packet)
    const items = read()
    expect(items[0]).toEqual({ type: 'headers', headers: fakeHeaders(1) })
    expect(packetsOf(items).map((each) => [each.kind, each.timestampUs / 1000, each.epoch, each.data.length])).toEqual([
      ['video', 33, 1, 100], ['audio', 40, 1, 20],
    ])
    expect(intake.figures).toMatchObject({ packets: 2, bytes: 120, discarded: 2 })
  })

  it('passes on tracks that are only recorded beside the first, and counts them for no line', () => {
    const { open, bus, intake } = setUp()
    const reader = bus.subscribe({ start: 'next-key-frame', everyTrack: true })
    reader.tryNext()
    const port = open()
    port.headers(fakeHeaders(7))
    const tracks = [undefined, 3, undefined, 3].map((track, n) => ({ ...audioPacket(40 + n, 20, 7), ...(track && { track }) }))
    for (const packet of [videoPacket(33, true, 100, 7), ...tracks]) port.packet(packet)
    const read: BusItem[] = []
    for (let item = reader.tryNext(); item; item = reader.tryNext()) read.push(item)
    expect(packetsOf(read).map(({ track }) => track)).toEqual([undefined, undefined, 3, undefined, 3])
    expect(intake.figures).toMatchObject({ packets: 3, bytes: 140, discarded: 0 })
  })

  it('grants credit at once and gives back every byte it has dealt with', () => {
    const { open } = setUp(100_000)
    const port = open()
    expect(port.credit).toBe(100_000)
    port.headers(fakeHeaders())
    for (const packet of fakeProgram(0, 60_000)) port.packet(packet)
    expect(port.credit).toBeGreaterThan(75_000)
    expect(port.credit).toBeLessThanOrEqual(100_000)
  })

  it('grants a new page its own credit, and none to the old one any more', () => {
    const { open } = setUp(100_000)
    const old = open()
    const young = open()
    const before = old.credit
    old.headers(fakeHeaders())
    for (const packet of fakeProgram(0, 60_000)) old.packet(packet)
    expect(old.credit).toBeLessThan(before - 100_000)
    expect(young.credit).toBe(100_000)
  })

  it.each([
    ['an unknown kind', Uint8Array.from([9, 0, 0, 0, 1, 2, 3])],
    ['an empty message', new Uint8Array(0)],
    ['headers that are not JSON', Uint8Array.from([3, 0, 0, 0, 0x7b, 0x7b])],
    ['a packet cut short', Uint8Array.from([1, 1, 0, 0])],
  ])('closes the port on %s and takes the next one', (_, message) => {
    const { open, read } = setUp()
    const port = open()
    port.raw(message)
    expect(port.closed).toBe(true)
    const next = open()
    next.headers(fakeHeaders())
    next.packet(videoPacket(0, true))
    expect(packetsOf(read())).toHaveLength(1)
  })

  it('ignores what a replaced page still sends', () => {
    const { open, read } = setUp()
    const old = open()
    old.headers(fakeHeaders())
    const young = open()
    old.packet(videoPacket(0, true))
    expect(old.closed).toBe(true)
    young.headers(fakeHeaders())
    young.packet(videoPacket(50, true))
    expect(timesMs(read())).toEqual([50])
  })

  it('raises its own epoch only when a decoder would notice', () => {
    const { open, read } = setUp()
    const first = open()
    first.headers(fakeHeaders(5))
    first.packet(videoPacket(0, true, 100, 5))
    const second = open()
    const headers = fakeHeaders(1)
    second.headers({ ...headers, video: headers.video && { ...headers.video, bitrateKbps: 800 } })
    second.packet(videoPacket(100, true, 100, 1))
    expect(epochs(read())).toEqual([1])
    second.headers({ ...headers, epoch: 2, video: headers.video && { ...headers.video, width: 640 } })
    second.packet(videoPacket(200, true, 100, 2))
    expect(epochs(read())).toEqual([2])
  })

  it('asks for a key frame when new headers are not followed by one', () => {
    const { open, read } = setUp()
    const port = open()
    port.headers(fakeHeaders(1))
    port.packet(videoPacket(0, true))
    port.headers(fakeHeaders(2, { audio: null }))
    const before = port.keyFramesAsked
    port.packet(videoPacket(33, false, 100, 2))
    port.packet(videoPacket(66, false, 100, 2))
    expect(port.keyFramesAsked).toBe(before + 1)
    port.packet(videoPacket(100, true, 100, 2))
    expect(timesMs(read())).toEqual([0, 100])
  })

  it('discards packets whose headers it does not know', () => {
    const { open, read, intake } = setUp()
    const port = open()
    port.packet(videoPacket(0, true))
    port.headers(fakeHeaders(3))
    port.packet(videoPacket(33, true, 100, 2))
    expect(packetsOf(read())).toEqual([])
    expect(intake.figures.discarded).toBe(2)
  })

  it('counts holes in the picture', () => {
    const { open, intake } = setUp()
    const port = open()
    port.headers(fakeHeaders())
    for (const atMs of [0, 33, 66, 900, 933]) port.packet(videoPacket(atMs, atMs === 0))
    expect(intake.figures.gaps).toBe(1)
  })
})

describe('ProgramIntake over a reload of the page', () => {
  async function reload(firstFromMs: number, awayMs: number, secondFromMs: number) {
    const { clock, open, read, intake } = setUp()
    const first = open()
    first.headers(fakeHeaders())
    for (const packet of [videoPacket(firstFromMs, true), audioPacket(firstFromMs + 10), videoPacket(firstFromMs + 33)]) first.packet(packet)
    await clock.advance(awayMs)
    const second = open()
    second.headers(fakeHeaders())
    for (const packet of [videoPacket(secondFromMs), videoPacket(secondFromMs + 33, true), audioPacket(secondFromMs + 20), videoPacket(secondFromMs + 66)]) second.packet(packet)
    return { times: timesMs(read()).slice(3), rebases: intake.figures.rebases }
  }

  it('takes a clock that goes on as it is', async () => {
    expect(await reload(1000, 2000, 3000)).toEqual({ times: [3033, 3020, 3066], rebases: 0 })
  })

  it('shifts a clock that begins at zero, so that time goes on by what has passed', async () => {
    expect(await reload(1000, 2000, 0)).toEqual({ times: [3033, 3020, 3066], rebases: 1 })
  })

  it('shifts a clock that is far ahead', async () => {
    expect(await reload(1000, 2000, 500_000)).toEqual({ times: [3033, 3020, 3066], rebases: 1 })
  })

  it('keeps time stamps rising when the new page is there at once', async () => {
    const { times } = await reload(1000, 0, 0)
    expect(times[0]).toBeGreaterThan(1033)
    expect(times.at(-1)).toBeGreaterThan(times[0] ?? 0)
  })

  it('goes on when the clock begins anew on the same port', async () => {
    const { clock, open, read, intake } = setUp()
    const port = open()
    port.headers(fakeHeaders())
    port.packet(videoPacket(60_000, true))
    await clock.advance(1000)
    port.packet(videoPacket(0))
    port.packet(videoPacket(33, true))
    port.packet(videoPacket(66))
    expect(timesMs(read())).toEqual([60_000, 61_000, 61_033])
    expect(intake.figures.rebases).toBe(1)
  })

  it('drops sound that would go back in time instead of passing it on', () => {
    const { open, read } = setUp()
    const port = open()
    port.headers(fakeHeaders())
    for (const packet of [videoPacket(0, true), audioPacket(100), audioPacket(100), audioPacket(80), audioPacket(121)]) port.packet(packet)
    expect(timesMs(read())).toEqual([0, 100, 121])
  })
})

describe('ProgramIntake and key frames', () => {
  it('passes one request per 500 ms on, the last one never lost', async () => {
    const { clock, bus, open } = setUp()
    const port = open()
    const ask = () => void bus.subscribe({ start: 'next-key-frame' }).tryNext()
    for (let i = 0; i < 10; i++) ask()
    expect(port.keyFramesAsked).toBe(1)
    await clock.advance(499)
    expect(port.keyFramesAsked).toBe(1)
    await clock.advance(1)
    expect(port.keyFramesAsked).toBe(2)
    await clock.advance(5000)
    expect(port.keyFramesAsked).toBe(2)
  })

  it('forgets a waiting request when a key frame arrives first', async () => {
    const { clock, bus, open } = setUp()
    const port = open()
    port.headers(fakeHeaders())
    for (let i = 0; i < 2; i++) bus.subscribe({ start: 'next-key-frame' }).tryNext()
    const asked = port.keyFramesAsked
    await clock.advance(100)
    port.packet(videoPacket(0, true))
    await clock.advance(5000)
    expect(port.keyFramesAsked).toBe(asked)
    expect(clock.pending).toBe(0)
  })
})

describe('ProgramIntake and the flow of the program', () => {
  it('tells when nothing comes though it is wanted, and when it comes again', async () => {
    const { clock, open, intake } = setUp()
    const port = open()
    intake.expect(true)
    await clock.advance(5000)
    expect(intake.failure.value).toBeNull()
    await clock.advance(1000)
    expect(intake.failure.value?.reason).toBe('no-program')
    port.headers(fakeHeaders())
    port.packet(videoPacket(0, true))
    expect(intake.failure.value).toBeNull()
    await clock.advance(2000)
    expect(intake.failure.value).toBeNull()
    await clock.advance(500)
    expect(intake.failure.value?.reason).toBe('no-program')
  })

  it('tells a page that went from a page that is silent', async () => {
    const { clock, open, intake } = setUp()
    const port = open()
    intake.expect(true)
    port.headers(fakeHeaders())
    port.packet(videoPacket(0, true))
    port.close()
    await clock.advance(3000)
    expect(intake.failure.value?.reason).toBe('page-gone')
    open()
    await clock.advance(500)
    expect(intake.failure.value?.reason).toBe('no-program')
  })

  it('takes silence for granted while the program is not wanted, and leaves no timer behind', async () => {
    const { clock, intake } = setUp()
    await clock.advance(60_000)
    expect(intake.failure.value).toBeNull()
    intake.expect(true)
    await clock.advance(60_000)
    expect(intake.failure.value?.reason).toBe('page-gone')
    intake.expect(false)
    expect(intake.failure.value).toBeNull()
    intake.close()
    expect(clock.pending).toBe(0)
  })
})

describe('ProgramIntake with a page that can only encode VP8', () => {
  const vp8Headers = (epoch = 1) => {
    const headers = fakeHeaders(epoch)
    return { ...headers, video: headers.video && { ...headers.video, codec: 'vp8' as const, codecString: 'vp8', avcC: new Uint8Array() } }
  }

  function withTranscoder() {
    const made: { events: TranscoderEvents; pushed: Packet[]; closed: boolean; finish: (() => void) | null }[] = []
    const test = setUp(100_000, (events) => {
      const one = { events, pushed: [] as Packet[], closed: false, finish: null as (() => void) | null }
      made.push(one)
      return {
        push: (packet) => void one.pushed.push(packet),
        finish: () => new Promise<void>((resolve) => (one.finish = resolve)),
        close: async () => void (one.closed = true),
      }
    })
    const port = test.open()
    port.headers(vp8Headers())
    return { ...test, port, made }
  }

  const avc = fakeHeaders().video
  if (!avc) throw new Error('the fake headers have a picture')

  const h264 = (timestampMs: number, key = false, mark = 7) =>
    ({ kind: 'video', key, timestampUs: timestampMs * 1000, durationUs: 33_333, data: Uint8Array.of(mark) }) as const

  it('passes on what the transcoder makes of it, with the sound in the order of time', () => {
    const { port, made, read } = withTranscoder()
    port.packet(videoPacket(0))
    port.packet(videoPacket(33, true))
    port.packet(videoPacket(66))
    const [one] = made
    expect(one?.pushed.map((each) => each.timestampUs / 1000)).toEqual([33, 66])
    expect(read()).toEqual([])
    one?.events.onHeader(avc)
    one?.events.onFrame(h264(33, true))
    for (const timestampMs of [40, 61, 82]) port.packet(audioPacket(timestampMs))
    one?.events.onFrame(h264(66))
    const items = read()
    expect(items[0]).toEqual({ type: 'headers', headers: fakeHeaders(1) })
    expect(packetsOf(items).map((each) => [each.kind, each.timestampUs / 1000])).toEqual([['video', 33], ['audio', 40], ['audio', 61], ['video', 66]])
  })

  it('lets the sound go on after a second without a picture', () => {
    const { port, made, read } = withTranscoder()
    port.packet(videoPacket(0, true))
    made[0]?.events.onHeader(avc)
    made[0]?.events.onFrame(h264(0, true))
    for (const timestampMs of [500, 1000, 1499, 1500]) port.packet(audioPacket(timestampMs))
    expect(timesMs(read())).toEqual([0, 500])
  })

  it('takes another transcoder for another rate at a key frame, and loses nothing between them', async () => {
    const { clock, port, made, read } = withTranscoder()
    port.packet(videoPacket(0, true))
    made[0]?.events.onHeader(avc)
    const { video, ...rest } = vp8Headers()
    port.headers({ ...rest, video: video && { ...video, bitrateKbps: video.bitrateKbps / 2 } })
    port.packet(videoPacket(33))
    expect(made).toHaveLength(1)
    port.packet(videoPacket(66, true))
    port.packet(videoPacket(100))
    expect(made.map(({ pushed }) => pushed.map((each) => each.timestampUs / 1000))).toEqual([[0, 33], [66, 100]])
    made[1]?.events.onHeader(avc)
    made[1]?.events.onFrame(h264(66, true, 2))
    made[0]?.events.onFrame(h264(0, true, 1))
    made[0]?.events.onFrame(h264(33, false, 1))
    made[0]?.finish?.()
    await clock.advance(0)
    made[1]?.events.onFrame(h264(100, false, 2))
    const items = read()
    expect(packetsOf(items).map((each) => [each.timestampUs / 1000, each.data[0]])).toEqual([[0, 1], [33, 1], [66, 2], [100, 2]])
    expect(new Set(epochs(items))).toEqual(new Set([1]))
  })

  it('ends the transcoder with its page and starts another for the next', () => {
    const { port, made, open, read } = withTranscoder()
    port.packet(videoPacket(0, true))
    const next = open()
    expect(made[0]?.closed).toBe(true)
    next.headers(vp8Headers(4))
    next.packet(videoPacket(100, true, 100, 4))
    made[0]?.events.onHeader(avc)
    expect(read()).toEqual([])
    made[1]?.events.onHeader(avc)
    made[1]?.events.onFrame({ kind: 'video', key: true, timestampUs: 100_000, durationUs: 33_333, data: Uint8Array.of(7) })
    expect(timesMs(read())).toEqual([100])
  })

  it('tells when the transcoder fails, and tries again at the next key frame', async () => {
    const { port, made, intake, clock } = withTranscoder()
    intake.expect(true)
    port.packet(videoPacket(0, true))
    made[0]?.events.onHeader(avc)
    made[0]?.events.onFailure(new StudioError('encoder-failed', 'FFmpeg cannot keep up'))
    await clock.advance(10_000)
    port.packet(audioPacket(10))
    expect(intake.failure.value).toMatchObject({ reason: 'encoder-failed', evidence: 'FFmpeg cannot keep up' })
    port.packet(videoPacket(33))
    expect(made).toHaveLength(1)
    port.packet(videoPacket(66, true))
    made[1]?.events.onHeader(avc)
    made[1]?.events.onFrame({ kind: 'video', key: true, timestampUs: 66_000, durationUs: 33_333, data: Uint8Array.of(7) })
    expect(intake.failure.value).toBeNull()
    intake.close()
    expect(made[1]?.closed).toBe(true)
  })

  it('says what is missing where nothing can transcode', () => {
    const { open, intake, read } = setUp()
    intake.expect(true)
    const port = open()
    port.headers(vp8Headers())
    port.packet(videoPacket(0, true))
    port.packet(videoPacket(2000, true))
    expect(intake.failure.value?.reason).toBe('ffmpeg-missing')
    expect(read()).toEqual([])
    intake.close()
  })
})
