import { describe, expect, it } from 'vitest'
import { StudioError } from '@shared/domain/errors.ts'
import { FakeClock } from '../../base/fake-clock.ts'
import { HLS_LIMITS } from './hls-limits.ts'
import type { HlsPlace } from './hls-place.ts'
import { HlsPlaylist } from './hls-playlist.ts'
import { HlsPublisher } from './hls-publisher.ts'
import type { CutSegment } from './segment-cutter.ts'

const SEGMENT: CutSegment = { bytes: Buffer.alloc(1000), durationMs: 4000, frames: 120, discontinuity: false, fromUs: 0 }

/** A place to which a segment takes so long; `refuse` is thrown in place of taking it. */
function setUp(putMs: number) {
  const clock = new FakeClock()
  const server = { tries: 0, refuse: null as StudioError | null }
  const put = (signal: AbortSignal) => {
    server.tries++
    return server.refuse ? Promise.reject(server.refuse) : clock.sleep(putMs, signal)
  }
  const place: HlsPlace = {
    playlistName: 'index.m3u8', takenBytes: 0,
    left: async () => null,
    put: (name, _bytes, signal) => (name.endsWith('.ts') ? put(signal) : Promise.resolve()),
    remove: async () => {},
    close() {},
  }
  const playlist = new HlsPlaylist('a-', { listSize: 6, segmentSeconds: 4 })
  const publisher = new HlsPublisher({ place, playlist, clock, limits: HLS_LIMITS, wallOffsetMs: () => 0, onPublished: () => {} }, new AbortController().signal)
  return { clock, publisher, server }
}

describe('what waits for its place', () => {
  it('is no queue while each segment is gone before the next one is finished', async () => {
    const { clock, publisher } = setUp(3000)
    for (let n = 0; n < 3; n++) {
      publisher.add(SEGMENT)
      await clock.advance(2900)
      expect(publisher.waitingMs).toBe(0)
      await clock.advance(1100)
    }
    expect(publisher.published).toBe(3)
  })

  it('is late by what a segment takes longer than it lasts', async () => {
    const { clock, publisher } = setUp(6000)
    publisher.add(SEGMENT)
    await clock.advance(4000)
    publisher.add(SEGMENT)
    await clock.advance(1500)
    expect(publisher.waitingMs).toBe(1500)
    await clock.advance(4000)
    expect(publisher.waitingMs).toBe(1500)
    await clock.advance(2000)
    expect(publisher.waitingMs).toBe(3500)
  })
})

describe('a segment that is refused', () => {
  const begun = async () => {
    const { server, ...test } = setUp(0)
    test.publisher.add(SEGMENT)
    await test.clock.advance(0)
    expect(test.publisher.published).toBe(1)
    const refuse = (failure: StudioError) => {
      server.refuse = failure
      server.tries = 0
      test.publisher.add(SEGMENT)
    }
    return { ...test, server, refuse }
  }

  it('is tried again for as long as a stall may last, and the break is told from its beginning', async () => {
    const { clock, publisher, server, refuse } = await begun()
    refuse(new StudioError('connection-refused'))
    await clock.advance(9999)
    expect(publisher.failure.aborted).toBe(false)
    await clock.advance(1000)
    expect(publisher.failure.reason).toMatchObject({ reason: 'connection-refused', brokenForMs: 10_000 })
    expect(server.tries).toBe(21)
  })

  it.each([
    ['a time that it names', new StudioError('server-busy', '', { retryAfterMs: 4000 }), 4000],
    ['the time that goes with its code', new StudioError('too-soon', '', { serviceCode: '40000500' }), 3000],
  ])('leaves the server alone for %s', async (_, failure, waitMs) => {
    const { clock, publisher, server, refuse } = await begun()
    refuse(failure)
    await clock.advance(waitMs - 1)
    expect(server.tries).toBe(1)
    server.refuse = null
    await clock.advance(1)
    expect([server.tries, publisher.published]).toEqual([2, 2])
  })

  it('is left to the retry of the whole output when the server wants to be left alone for longer, or for good', async () => {
    for (const failure of [new StudioError('server-busy', '', { retryAfterMs: 30_000 }), new StudioError('server-error', '', { serviceCode: '40000301' })]) {
      const { clock, publisher, server, refuse } = await begun()
      refuse(failure)
      await clock.advance(0)
      expect([server.tries, publisher.failure.reason]).toEqual([1, failure])
    }
  })
})
