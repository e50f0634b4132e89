import { describe, expect, it } from 'vitest'
import { FakeDisk } from './fake-disk.ts'
import { HlsPlaylist } from './hls-playlist.ts'

const PATH = '/recordings/a.m3u8'
const HEAD = '#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:00010\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-TRTC-START-REC-TIME:1700000000123\n#EXT-X-TRTC-VIDEO-METADATA:WIDTH:1280 HEIGHT:720\n'

async function setUp(size: { width: number; height: number } | null = { width: 1280, height: 720 }) {
  const disk = new FakeDisk()
  const playlist = new HlsPlaylist(await disk.create(PATH), { startedAtMs: 1_700_000_000_123, size, targetSeconds: 10 })
  const text = async () => (await playlist.sync(), disk.files.get(PATH)?.toString() ?? '')
  return { disk, playlist, text }
}

describe('HlsPlaylist', () => {
  it('is whole at any moment, with the segment being written as long as it is', async () => {
    const { playlist, text } = await setUp()
    expect(await text()).toBe(`${HEAD}#EXT-X-ENDLIST\n`)
    playlist.begin('one.ts', false)
    expect(await text()).toBe(`${HEAD}#EXT-X-ENDLIST\n`)
    playlist.grown(0.5)
    expect(await text()).toBe(`${HEAD}#EXTINF:00000.500000,\none.ts\n#EXT-X-ENDLIST\n`)
    playlist.grown(6.033)
    playlist.begin('two.ts', true)
    expect(await text()).toBe(`${HEAD}#EXTINF:00006.033000,\none.ts\n#EXT-X-ENDLIST\n`)
    playlist.grown(1)
    const whole = `${HEAD}#EXTINF:00006.033000,\none.ts\n#EXT-X-DISCONTINUITY\n#EXTINF:00001.000000,\ntwo.ts\n#EXT-X-ENDLIST\n`
    expect(await text()).toBe(whole)
    expect(playlist.sizeBytes).toBe(Buffer.byteLength(whole))
  })

  it('leaves out a segment that never had a length', async () => {
    const { playlist, text } = await setUp()
    playlist.begin('none.ts', false)
    playlist.grown(0)
    playlist.begin('one.ts', false)
    playlist.grown(2)
    expect(await text()).toBe(`${HEAD}#EXTINF:00002.000000,\none.ts\n#EXT-X-ENDLIST\n`)
  })

  it('tells a longer target when a segment is longer, and no size where there is no picture', async () => {
    const { playlist, text } = await setUp(null)
    playlist.begin('one.ts', false)
    playlist.grown(14.4)
    expect(await text()).toContain('#EXT-X-TARGETDURATION:00014\n')
    expect(await text()).not.toContain('VIDEO-METADATA')
  })

  it('tells a failed write when it is closed', async () => {
    const { disk, playlist } = await setUp()
    playlist.begin('one.ts', false)
    await playlist.sync()
    disk.failNext = 'ENOSPC'
    playlist.grown(1)
    await expect(playlist.close()).rejects.toMatchObject({ code: 'ENOSPC' })
  })
})
