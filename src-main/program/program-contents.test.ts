import { describe, expect, it } from 'vitest'
import type { ProgramHeaders } from '@shared/domain/packet.ts'
import { PROGRAM_CONTENTS, type ProgramContent } from '@shared/domain/program-content.ts'
import { FakeClock } from '../base/fake-clock.ts'
import { silentLogger } from '../base/logger.ts'
import type { BusItem, BusSubscriber } from '../bus/bus-subscriber.ts'
import { audioPacket, fakeHeaders, videoPacket } from '../bus/fake-program.ts'
import { FakePort } from './fake-port.ts'
import { ProgramContents } from './program-contents.ts'
import type { TranscoderEvents } from './transcode/vp8-transcoder.ts'

const WIDTHS: Readonly<Record<ProgramContent, number>> = { mix: 1280, second: 720, main: 640, aux: 960 }

function headersOf(content: ProgramContent, epoch: number, codec: 'avc' | 'vp8' = 'avc'): ProgramHeaders {
  const headers = fakeHeaders(epoch)
  const video = headers.video && { ...headers.video, width: WIDTHS[content] }
  return { ...headers, video: video && (codec === 'vp8' ? { ...video, codec, codecString: codec, avcC: new Uint8Array() } : video) }
}

/** One page that delivers all contents, each over a port of its own, on one clock that begins at zero with the page. */
class FakePage {
  readonly ports = { mix: new FakePort(), second: new FakePort(), main: new FakePort(), aux: new FakePort() }

  constructor(
    program: ProgramContents,
    private readonly epoch: number,
    codec: (content: ProgramContent) => 'avc' | 'vp8' = () => 'avc',
    order: readonly ProgramContent[] = PROGRAM_CONTENTS,
  ) {
    for (const content of order) {
      program.attach(this.ports[content], content)
      this.ports[content].headers(headersOf(content, epoch, codec(content)))
    }
  }

  video(content: ProgramContent, atMs: number, key = false): void {
    this.ports[content].packet(videoPacket(atMs, key, 100, this.epoch))
  }

  audio(content: ProgramContent, atMs: number): void {
    this.ports[content].packet(audioPacket(atMs, 20, this.epoch))
  }

  /** As when the window is reloaded. */
  goes(): void {
    for (const content of PROGRAM_CONTENTS) this.ports[content].close()
  }
}

interface Transcoding {
  content: ProgramContent
  events: TranscoderEvents
  pushedMs: number[]
  closed: boolean
}

function setUp() {
  const clock = new FakeClock()
  const wanted = new Map<string, ProgramContent>()
  const made: Transcoding[] = []
  const program = new ProgramContents({
    clock, log: silentLogger, onFeeds() {},
    contentOf: (id) => wanted.get(id) ?? 'mix',
    createTranscoder: (content) => (events) => {
      const one: Transcoding = { content, events, pushedMs: [], closed: false }
      made.push(one)
      return { push: ({ timestampUs }) => void one.pushedMs.push(timestampUs / 1000), finish: () => Promise.resolve(), close: async () => void (one.closed = true) }
    },
  })
  const give = (id: string, content: ProgramContent) => {
    wanted.set(id, content)
    program.feeds.refresh()
  }
  const subscribe = (content: ProgramContent) => {
    wanted.set(content, content)
    const feed = program.feeds.subscribe(content)
    feed.tryNext()
    return feed
  }
  return { clock, program, made, give, subscribe }
}

function read(feed: BusSubscriber): string[] {
  const items: BusItem[] = []
  for (let item = feed.tryNext(); item; item = feed.tryNext()) items.push(item)
  return items.map((item) => (item.type === 'headers' ? `headers ${item.headers.epoch} ${item.headers.video?.width}` : `${item.packet.kind === 'video' && item.packet.key ? 'key' : item.packet.kind} ${Math.round(item.packet.timestampUs / 1000)}`))
}

describe('single streams while the page is reloaded', () => {
  it('go on with their headers and with rising time, each at its own next key frame', async () => {
    const { clock, program, subscribe } = setUp()
    const before = new FakePage(program, 1)
    const feeds = { main: subscribe('main'), aux: subscribe('aux') }
    for (const content of PROGRAM_CONTENTS) before.video(content, 60_000, true)
    before.audio('main', 60_010)
    expect([read(feeds.main), read(feeds.aux)]).toEqual([['key 60000', 'audio 60010'], ['key 60000']])
    before.goes()
    await clock.advance(1500)
    const after = new FakePage(program, 1, () => 'avc', ['aux', 'mix', 'second', 'main'])
    after.video('main', 20)
    after.video('main', 86, true)
    after.audio('main', 90)
    await clock.advance(400)
    after.video('aux', 486, true)
    // No headers again: decoders and connections notice nothing but the hole.
    expect([read(feeds.main), read(feeds.aux)]).toEqual([['key 61510', 'audio 61514'], ['key 61900']])
    expect([program.lines.main.intake.figures.rebases, program.lines.aux.intake.figures.rebases]).toEqual([1, 1])
    program.close()
    expect(clock.pending).toBe(0)
  })

  it('can be exchanged for the mix after it, though each was set on by itself', async () => {
    const { clock, program, subscribe, give } = setUp()
    const before = new FakePage(program, 1)
    const feed = subscribe('main')
    for (const content of PROGRAM_CONTENTS) before.video(content, 60_000, true)
    read(feed)
    before.goes()
    await clock.advance(1000)
    const after = new FakePage(program, 1)
    after.video('main', 10, true)
    after.audio('main', 12)
    await clock.advance(300)
    after.video('mix', 310, true)
    give('main', 'mix')
    expect(read(feed)).toEqual(['key 61000', 'audio 61002'])
    await clock.advance(100)
    after.video('mix', 410, true)
    after.audio('mix', 415)
    expect(read(feed)).toEqual(['headers 2 1280', 'key 61400', 'audio 61405'])
    program.close()
  })

  it('are exchanged by the very reload, when the new content comes first', async () => {
    const { clock, program, subscribe, give } = setUp()
    const before = new FakePage(program, 1)
    const feed = subscribe('main')
    for (const content of PROGRAM_CONTENTS) before.video(content, 5000, true)
    read(feed)
    give('main', 'aux')
    read(feed)
    before.goes()
    await clock.advance(800)
    const after = new FakePage(program, 1)
    after.video('aux', 30, true)
    expect(read(feed)).toEqual(['headers 2 960', 'key 5800'])
    expect([...program.feeds.inUse]).toEqual(['aux'])
    program.close()
  })
})

describe('single streams of a page that can only encode VP8', () => {
  const avc = headersOf('main', 1).video
  if (!avc) throw new Error('the fake headers have a picture')
  const frame = (timestampMs: number, key = false) => ({ kind: 'video', key, timestampUs: timestampMs * 1000, durationUs: 66_667, data: Uint8Array.of(1) }) as const
  const open = () => {
    const test = setUp()
    const page = new FakePage(test.program, 1, () => 'vp8')
    return { ...test, page }
  }

  it('have a transcoder each, and none before their first picture', () => {
    const { program, made, page, subscribe } = open()
    const feed = subscribe('main')
    expect(made).toEqual([])
    page.video('main', 0, true)
    page.video('main', 66)
    page.video('aux', 0, true)
    expect(made.map(({ content, pushedMs }) => [content, pushedMs])).toEqual([['main', [0, 66]], ['aux', [0]]])
    made[0]?.events.onHeader(avc)
    made[0]?.events.onFrame(frame(0, true))
    page.audio('main', 40)
    made[0]?.events.onFrame(frame(66))
    expect(read(feed)).toEqual(['headers 1 640', 'key 0', 'audio 40', 'video 66'])
    program.lines.main.intake.expect(false)
    expect(made.map(({ closed }) => closed)).toEqual([true, false])
    program.close()
    expect(made.map(({ closed }) => closed)).toEqual([true, true])
  })

  it('are exchanged for the mix when FFmpeg gives the first key frame of it', () => {
    const { program, made, page, subscribe, give } = open()
    const feed = subscribe('main')
    page.video('main', 0, true)
    made[0]?.events.onHeader(avc)
    made[0]?.events.onFrame(frame(0, true))
    expect(read(feed)).toEqual(['headers 1 640', 'key 0'])
    give('main', 'mix')
    read(feed)
    page.video('mix', 33, true)
    made[0]?.events.onFrame(frame(66))
    expect(read(feed)).toEqual(['video 66'])
    made[1]?.events.onHeader({ ...avc, width: 1280 })
    made[1]?.events.onFrame(frame(100, true))
    expect(read(feed)).toEqual(['headers 2 1280', 'key 100'])
    program.close()
  })

  it('go on after the page was reloaded, with another transcoder and the same headers', async () => {
    const { clock, program, made, page, subscribe } = open()
    const feed = subscribe('main')
    page.video('main', 9000, true)
    made[0]?.events.onHeader(avc)
    made[0]?.events.onFrame(frame(9000, true))
    read(feed)
    page.goes()
    expect(made[0]?.closed).toBe(true)
    await clock.advance(1000)
    const after = new FakePage(program, 5, () => 'vp8')
    after.video('main', 20, true)
    made[1]?.events.onHeader(avc)
    made[1]?.events.onFrame(frame(20, true))
    expect(read(feed)).toEqual(['key 10000'])
    program.close()
  })

  it('fail by themselves where there is no FFmpeg for one of them', async () => {
    const clock = new FakeClock()
    const program = new ProgramContents({
      clock, log: silentLogger, onFeeds() {}, contentOf: () => 'mix',
      createTranscoder: () => () => {
        throw new Error('no FFmpeg here')
      },
    })
    const page = new FakePage(program, 1, (content) => (content === 'main' ? 'vp8' : 'avc'))
    const feed = program.feeds.subscribe('d')
    feed.tryNext()
    program.lines.main.intake.expect(true)
    page.video('main', 0, true)
    page.video('mix', 0, true)
    expect(program.lines.main.intake.failure.value?.reason).toBe('encoder-failed')
    expect(program.lines.mix.intake.failure.value).toBeNull()
    expect(read(feed)).toEqual(['key 0'])
    program.close()
    expect(clock.pending).toBe(0)
  })
})
