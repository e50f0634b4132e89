import { describe, expect, it } from 'vitest'
import { FakeClock } from '../../base/fake-clock.ts'
import { HLS_LIMITS } from './hls-limits.ts'
import type { HlsPlace } from './hls-place.ts'
import { HlsPlaylist } from './hls-playlist.ts'
import { HlsPublisher } from './hls-publisher.ts'
import type { CutSegment } from './segment-cutter.ts'

const SEGMENT: CutSegment = { bytes: Buffer.alloc(1000), durationMs: 4000, frames: 120, discontinuity: false, fromUs: 0 }

/** A place to which a segment takes so long. */
function setUp(putMs: number) {
  const clock = new FakeClock()
  const place: HlsPlace = {
    playlistName: 'index.m3u8', takenBytes: 0,
    left: async () => null,
    put: (name, _bytes, signal) => (name.endsWith('.ts') ? clock.sleep(putMs, signal) : Promise.resolve()),
    remove: async () => {},
    close() {},
  }
  const playlist = new HlsPlaylist('a-', { listSize: 6, segmentSeconds: 4 })
  const publisher = new HlsPublisher({ place, playlist, clock, limits: HLS_LIMITS, wallOffsetMs: () => 0, onPublished: () => {} }, new AbortController().signal)
  return { clock, publisher }
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
