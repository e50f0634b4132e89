import { describe, expect, it } from 'vitest'
import type { Packet } from '@shared/domain/packet.ts'
import { audioPacket, fakeHeaders, fakeProgram } from '../../bus/fake-program.ts'
import { TsReader } from '../mpegts/fake-ts-reader.ts'
import type { HlsPlace } from './hls-place.ts'
import { HlsPlaylist } from './hls-playlist.ts'
import { HlsShows } from './hls-shows.ts'
import { type CutSegment, SegmentCutter } from './segment-cutter.ts'

const segment = (playlist: HlsPlaylist, discontinuity = false, durationMs = 4000) => playlist.add({ name: playlist.nextName(), durationMs, discontinuity, atMs: Date.UTC(2026, 0, 2, 3, 4, 5, 678) })

describe('a playlist', () => {
  it('lists the last segments, and says which are gone', () => {
    const playlist = new HlsPlaylist('live-', { listSize: 2, segmentSeconds: 4 })
    expect(segment(playlist)).toEqual([])
    segment(playlist, true)
    expect(segment(playlist).map(({ name }) => name)).toEqual(['live-00000.ts'])
    expect(playlist.text({ ended: false })).toBe(`#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:4
#EXT-X-MEDIA-SEQUENCE:1
#EXT-X-INDEPENDENT-SEGMENTS
#EXT-X-DISCONTINUITY
#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.678Z
#EXTINF:4.000,
live-00001.ts
#EXT-X-PROGRAM-DATE-TIME:2026-01-02T03:04:05.678Z
#EXTINF:4.000,
live-00002.ts
`)
    segment(playlist)
    expect(playlist.text({ ended: true })).toMatch(/#EXT-X-MEDIA-SEQUENCE:2\n#EXT-X-DISCONTINUITY-SEQUENCE:1\n[^]*#EXT-X-ENDLIST\n$/)
  })
  it('keeps everything as an event, and never promises less than a segment lasts', () => {
    const playlist = new HlsPlaylist('live-', { listSize: 0, segmentSeconds: 2 })
    for (let n = 0; n < 20; n++) expect(segment(playlist, false, 5600)).toEqual([])
    expect(playlist.text({ ended: false })).toMatch(/TARGETDURATION:6\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:EVENT/)
  })
  it('goes on from what a studio that died left behind', () => {
    const options = { listSize: 2, segmentSeconds: 4 }
    const before = new HlsPlaylist('live-20260102T030405-', options)
    for (const discontinuity of [false, true, false, true]) segment(before, discontinuity)
    const after = HlsPlaylist.resume(before.text({ ended: false }), options)
    expect(after?.text({ ended: false })).toBe(before.text({ ended: false }))
    expect(after?.nextName()).toBe('live-20260102T030405-00004.ts')
  })
  it('does not go on with what was left more than an hour ago: that was another show', async () => {
    const options = { listSize: 0, segmentSeconds: 4 }
    const before = new HlsPlaylist('live-', options)
    segment(before)
    const left = before.text({ ended: false })
    const place = { playlistName: 'live.m3u8', left: async () => left } as HlsPlace
    const after = (hours: number) => new HlsShows().playlist('/srv/live', options, place, Date.UTC(2026, 0, 2, 3, 4, 9) + hours * 3_600_000)
    expect((await after(0.9)).isEmpty).toBe(false)
    expect((await after(1.1)).isEmpty).toBe(true)
    // A clock that was set back tells nothing.
    expect((await after(-5)).isEmpty).toBe(false)
  })
  it('begins anew after one that ended, or that is of somebody else', () => {
    const options = { listSize: 2, segmentSeconds: 4 }
    const ended = new HlsPlaylist('live-', options)
    segment(ended)
    expect(HlsPlaylist.resume(ended.text({ ended: true }), options)).toBeNull()
    for (const text of ['', '#EXTM3U\n#EXTINF:4,\na.ts\n', 'hello']) expect(HlsPlaylist.resume(text, options)).toBeNull()
  })
})

function cut(packets: Iterable<Packet>, seconds: number, headers = fakeHeaders()): CutSegment[] {
  const cutter = new SegmentCutter(seconds, false)
  cutter.push({ type: 'headers', headers })
  const segments: CutSegment[] = []
  for (const packet of packets) {
    const finished = cutter.push({ type: 'packet', packet })
    if (finished) segments.push(finished)
  }
  const last = cutter.finish()
  return last ? [...segments, last] : segments
}
const mediaOf = ({ bytes }: CutSegment) => {
  const reader = new TsReader()
  reader.push(bytes)
  return reader.media
}

describe('segments', () => {
  it('begin with tables and a key frame, and lose nothing between them', () => {
    const packets = [...fakeProgram(0, 20_000, 2000)]
    const segments = cut(packets, 4)
    expect(segments.map(({ durationMs }) => Math.round(durationMs / 1000))).toEqual([2, 4, 4, 4, 4, 2])
    for (const each of segments) {
      expect(each.bytes.readUInt16BE(1)).toBe(0x4000)
      expect(mediaOf(each).find((kind) => kind !== 'audio')).toBe('key')
    }
    expect(segments.flatMap(mediaOf)).toHaveLength(packets.length)
    const reader = new TsReader()
    for (const { bytes } of segments) reader.push(bytes)
    expect(reader.gaps).toBe(0)
  })
  it('end at the key frame nearest to the wished length', () => {
    const lengths = (keyFrameMs: number, seconds: number) => cut(fakeProgram(0, 30_000, keyFrameMs), seconds).slice(1, -1).map(({ durationMs }) => Math.round(durationMs / 100) / 10)
    expect(new Set(lengths(4000, 5))).toEqual(new Set([4]))
    expect(new Set(lengths(4000, 7))).toEqual(new Set([8]))
    expect(new Set(lengths(1000, 3))).toEqual(new Set([3]))
  })
  it('are cut at any sound where there is no picture', () => {
    const sound = Array.from({ length: 500 }, (_, n) => audioPacket((n * 1024) / 48))
    const segments = cut(sound, 3, fakeHeaders(1, { video: null }))
    expect(segments.length).toBeGreaterThan(3)
    expect(segments[1]?.durationMs).toBeGreaterThanOrEqual(3000)
    expect(segments.flatMap(mediaOf)).toHaveLength(500)
  })
  it('end with other codec parameters, and say that decoders begin anew', () => {
    const cutter = new SegmentCutter(4, false)
    cutter.push({ type: 'headers', headers: fakeHeaders(1) })
    for (const packet of fakeProgram(0, 500)) cutter.push({ type: 'packet', packet })
    const first = cutter.push({ type: 'headers', headers: fakeHeaders(2) })
    for (const packet of fakeProgram(500, 900)) cutter.push({ type: 'packet', packet })
    expect([first?.discontinuity, cutter.finish()?.discontinuity]).toEqual([false, true])
  })
})
