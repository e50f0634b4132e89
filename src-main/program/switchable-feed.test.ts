import { describe, expect, it } from 'vitest'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import { FakeClock } from '../base/fake-clock.ts'
import type { BusItem } from '../bus/bus-subscriber.ts'
import { audioPacket, fakeHeaders, videoPacket } from '../bus/fake-program.ts'
import { ProgramBus } from '../bus/program-bus.ts'
import { ContentFeeds } from './content-feeds.ts'
import type { SwitchableFeed } from './switchable-feed.ts'

const never = new AbortController().signal
const SINGLE = { video: { ...fakeHeaders().video!, width: 640, height: 360, frameRate: 15 } }

/** Two contents on one clock, and one destination whose content the test chooses. */
function setUp() {
  const clock = new FakeClock()
  const buses = { mix: new ProgramBus(clock), second: new ProgramBus(clock), main: new ProgramBus(clock), aux: new ProgramBus(clock) }
  const asked: ProgramContent[] = []
  for (const content of ['mix', 'second', 'main', 'aux'] as const) buses[content].onKeyFrameWanted(() => void asked.push(content))
  buses.mix.publishHeaders(fakeHeaders())
  buses.main.publishHeaders(fakeHeaders(1, SINGLE))
  const wanted = { content: 'mix' as ProgramContent }
  const changes = { times: 0 }
  const feeds = new ContentFeeds(buses, clock, () => wanted.content, () => void changes.times++)
  const give = (content: ProgramContent) => {
    wanted.content = content
    feeds.refresh()
  }
  return { clock, ...buses, feeds, give, asked, changes }
}

function readAll(feed: SwitchableFeed): BusItem[] {
  const items: BusItem[] = []
  for (let item = feed.tryNext(); item; item = feed.tryNext()) items.push(item)
  return items
}

const told = (items: readonly BusItem[]): string[] =>
  items.map((item) =>
    item.type === 'headers'
      ? `headers ${item.headers.epoch} ${item.headers.video?.width}`
      : `${item.packet.kind === 'video' && item.packet.key ? 'key' : item.packet.kind} ${Math.round(item.packet.timestampUs / 1000)} of ${item.packet.epoch}`)

describe('a feed that can be switched', () => {
  it('passes everything as it is until it is switched', () => {
    const { mix, feeds } = setUp()
    const [feed, plain] = [feeds.subscribe('d'), mix.subscribe({ start: 'cached-group' })]
    feed.tryNext()
    plain.tryNext()
    for (const packet of [videoPacket(0, true), audioPacket(5), videoPacket(33)]) mix.publish(packet)
    const passed = readAll(feed)
    expect(passed).toHaveLength(3)
    // The very packets of the bus, not copies.
    for (const item of passed) expect(item.type === 'packet' && item.packet).toBe((plain.tryNext() as { packet: unknown }).packet)
  })

  it('goes on with the old content until the first key frame of the new one, then with new headers', () => {
    const { mix, main, feeds, give, asked } = setUp()
    const feed = feeds.subscribe('d')
    feed.tryNext()
    mix.publish(videoPacket(0, true))
    readAll(feed)
    give('main')
    expect([[...feeds.inUse], [...feeds.left], [...feeds.awaited], feeds.readBy('d')]).toEqual([['mix'], ['mix'], ['main'], 'mix'])
    expect(told(readAll(feed))).toEqual([])
    expect(asked.at(-1)).toBe('main')
    mix.publish(audioPacket(20))
    mix.publish(videoPacket(33))
    main.publish(videoPacket(33))
    expect(told(readAll(feed))).toEqual(['audio 20 of 1', 'video 33 of 1'])
    main.publish(audioPacket(15))
    main.publish(videoPacket(66, true))
    // Sound of the new content from before the last of the old one would not rise.
    main.publish(audioPacket(18))
    main.publish(audioPacket(40))
    mix.publish(videoPacket(100))
    expect(told(readAll(feed))).toEqual(['headers 2 640', 'key 66 of 2', 'audio 40 of 2'])
    expect([[...feeds.inUse], [...feeds.left], [...feeds.awaited], feeds.readBy('d')]).toEqual([['main'], [], [], 'main'])
    expect(mix.readers).toBe(0)
  })

  it('comes back with yet another epoch, and with time stamps that go on', () => {
    const { mix, main, feeds, give } = setUp()
    const feed = feeds.subscribe('d')
    feed.tryNext()
    const step = (atMs: number, content: ProgramContent) => {
      give(content)
      readAll(feed)
      for (const bus of [mix, main]) bus.publish(videoPacket(atMs, true))
      return told(readAll(feed))
    }
    expect(step(0, 'mix')).toEqual(['key 0 of 1'])
    expect(step(66, 'main')).toEqual(['headers 2 640', 'key 66 of 2'])
    expect(step(133, 'mix')).toEqual(['headers 3 1280', 'key 133 of 3'])
    main.publishHeaders(fakeHeaders(2, SINGLE))
    give('main')
    readAll(feed)
    main.publish(videoPacket(200, true, 100, 2))
    expect(told(readAll(feed))).toEqual(['headers 4 640', 'key 200 of 4'])
  })

  it('sets a content on another clock on to where the feed is', async () => {
    const { mix, main, feeds, give, clock } = setUp()
    const feed = feeds.subscribe('d')
    feed.tryNext()
    mix.publish(videoPacket(90_000, true))
    readAll(feed)
    give('main')
    readAll(feed)
    await clock.advance(100)
    main.publish(videoPacket(10, true))
    main.publish(videoPacket(76))
    expect(told(readAll(feed))).toEqual(['headers 2 640', 'key 90100 of 2', 'video 90166 of 2'])
    give('mix')
    readAll(feed)
    mix.publish(videoPacket(90_200, true))
    expect(told(readAll(feed))).toEqual(['headers 3 1280', 'key 90200 of 3'])
  })

  it('wakes a waiting reader by the new content alone, when the old one has gone silent', async () => {
    const { main, feeds, give } = setUp()
    const feed = feeds.subscribe('d')
    feed.tryNext()
    const next = feed.next(never)
    give('main')
    await Promise.resolve()
    main.publish(videoPacket(0, true))
    expect(told([await next])).toEqual(['headers 2 640'])
    expect(told([await feed.next(never)])).toEqual(['key 0 of 2'])
  })

  it('stays when the change is taken back before it came about', () => {
    const { mix, main, feeds, give } = setUp()
    const feed = feeds.subscribe('d')
    feed.tryNext()
    give('main')
    give('mix')
    for (const bus of [mix, main]) bus.publish(videoPacket(0, true))
    expect(told(readAll(feed))).toEqual(['key 0 of 1'])
    expect(main.readers).toBe(0)
  })

  it('ends as its reader does: sealed, closed, or with the program', async () => {
    const { mix, main, feeds, give } = setUp()
    const [sealed, closed, waiting] = [feeds.subscribe('a'), feeds.subscribe('b'), feeds.subscribe('c')]
    for (const feed of [sealed, closed, waiting]) feed.tryNext()
    mix.publish(videoPacket(0, true))
    sealed.seal()
    expect(told(readAll(sealed))).toEqual(['key 0 of 1'])
    await expect(sealed.next(never)).rejects.toMatchObject({ reason: 'stopped' })
    closed.close()
    await expect(closed.next(never)).rejects.toMatchObject({ reason: 'stopped' })
    give('main')
    readAll(waiting)
    mix.close()
    const next = waiting.next(never)
    main.close()
    await expect(next).rejects.toMatchObject({ reason: 'no-program' })
    waiting.close()
    sealed.close()
    expect([mix.readers, main.readers, feeds.inUse.size]).toEqual([0, 0, 0])
  })

  it('keeps count of what was dropped, whatever it reads', () => {
    const { mix, main, feeds, give } = setUp()
    const feed = feeds.subscribe('d')
    feed.tryNext()
    mix.publish(videoPacket(0, true))
    for (let atMs = 33; atMs < 1500; atMs += 33) mix.publish(videoPacket(atMs))
    const { framesDropped } = feed
    expect(framesDropped).toBeGreaterThan(0)
    give('main')
    readAll(feed)
    main.publish(videoPacket(1600, true))
    readAll(feed)
    expect(feed.framesDropped).toBe(framesDropped)
  })
})
