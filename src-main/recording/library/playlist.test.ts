import { describe, expect, it } from 'vitest'
import { mendPlaylist, parsePlaylist, segmentName, unlistedSegments } from './playlist.ts'

const TEXT = `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:6
#EXT-X-TRTC-START-REC-TIME:1700000000000
#EXT-X-TRTC-VIDEO-METADATA:WIDTH:1280 HEIGHT:720
#EXTINF:6.000,
a_1.ts
#EXT-X-DISCONTINUITY
#EXTINF:4.5,
a%20b.ts
#EXTINF:2,
a_3.ts
`

const segment = (base: string, n: number): string => `${base}_2026072710111200${n}.ts`

describe('segments that no playlist lists', () => {
  const of = (playlists: Record<string, string[]>, ...names: string[]) => Object.fromEntries(unlistedSegments(Object.entries(playlists).map(([name, listed]) => ({ name, listed })), names))

  it('belong to the playlist of their name whose last one is before them', () => {
    const [one, two, three] = [1, 2, 3].map((n) => segment('A_R', n)) as [string, string, string]
    expect(of({ 'A_R.m3u8': [one] }, one, two)).toEqual({ 'A_R.m3u8': [two] })
    expect(of({ 'A_R.m3u8': [] }, two)).toEqual({ 'A_R.m3u8': [two] })
    expect(of({ 'A_R.m3u8': [one], 'A_R_2.m3u8': [] }, three)).toEqual({ 'A_R_2.m3u8': [three] })
    expect(of({ 'A_R.m3u8': [one], 'A_R_2.m3u8': [three] }, one, two, three)).toEqual({ 'A_R.m3u8': [two] })
    // A room with a number: its playlist is the first, not the seventh.
    expect(of({ 'A_7.m3u8': [] }, segment('A_7', 1))).toEqual({ 'A_7.m3u8': [segment('A_7', 1)] })
  })

  it('are none of another recording, and no recordings of one file', () => {
    expect(of({ 'A_R.m3u8': [] }, segment('A_S', 1), 'A_R.ts', 'A_R_2.ts', 'A_R_2026072710111200.ts')).toEqual({})
  })
})

describe('playlists', () => {
  it('are read', () => {
    expect(parsePlaylist(TEXT)).toEqual({
      segments: [{ uri: 'a_1.ts', durationMs: 6000 }, { uri: 'a%20b.ts', durationMs: 4500 }, { uri: 'a_3.ts', durationMs: 2000 }], ended: false, width: 1280, height: 720,
    })
    expect(parsePlaylist('')).toEqual({ segments: [], ended: false, width: null, height: null })
  })

  it('name files beside them, and nothing else', () => {
    expect(['a.ts', 'a%20b.ts', '../a.ts', '%2e%2e%2fa.ts', 'http://x/a.ts', '/etc/passwd', '..', '', '100%.ts'].map(segmentName)).toEqual(['a.ts', 'a b.ts', null, null, null, null, null, null, '100%.ts'])
  })

  it('are mended: without what is gone, with what was never listed, and closed once', () => {
    const mended = mendPlaylist(`${TEXT}#EXT-X-ENDLIST\n`, (uri) => uri !== 'a%20b.ts', [{ uri: 'a_4.ts', durationMs: 1234 }])
    expect(mended).toBe(TEXT.replace('#EXT-X-DISCONTINUITY\n#EXTINF:4.5,\na%20b.ts\n', '') + '#EXTINF:1.234,\na_4.ts\n#EXT-X-ENDLIST\n')
  })
})
