import { describe, expect, it } from 'vitest'
import { mendPlaylist, parsePlaylist, segmentName } from './playlist.ts'

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
