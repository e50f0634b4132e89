import { describe, expect, it } from 'vitest'
import { DEFAULT_ENCODING, encoding } from '../encoding.ts'
import { kindOfAddress } from './address-kind.ts'
import { adjustToLimits, checkLimits, keyFramesFor, videoCeiling } from './limits-check.ts'
import { type Destination, newDestination } from '../destination.ts'
import { PLATFORM_IDS, type PlatformId } from './platform-ids.ts'
import { platformOf, platformOfDestination, PLATFORMS } from './platforms.ts'

const at = (kind: Destination['kind'], address: string, platform?: PlatformId) => ({ kind, address, platform })

describe('PLATFORMS', () => {
  it.each(PLATFORM_IDS)('%s has servers of its kind, and knows them again', (id) => {
    const { kind, servers } = PLATFORMS[id]
    for (const { address } of servers) {
      expect(kindOfAddress(address)).toBe(kind)
      expect(platformOf(address)).toBe(id)
    }
  })

  it.each([
    ['rtmp://fra05.contribute.live-video.net/app', 'twitch'], ['rtmps://1234.global-contribute.live-video.net:443/app/', 'ivs'], ['rtmp://8888.livepush.myqcloud.com/live', 'tencent-css'],
    ['rtmp://intl-rtmp.rtc.qq.com/push/room', 'trtc'], ['rtmp://facebook.com.evil.example/rtmp', 'custom'], ['rtmp://h/youtube.com', 'custom'], ['', 'custom'],
  ])('%s is %s', (address, id) => expect(platformOf(address)).toBe(id))
})

describe('limits', () => {
  it('finds nothing wrong with the default for any platform', () => {
    for (const id of PLATFORM_IDS) expect(checkLimits(DEFAULT_ENCODING, PLATFORMS[id].limits)).toEqual([])
  })

  it.each([
    ['twitch', { videoKbps: 9000, keyFrameSeconds: 4 }, [['videoKbps', 6000], ['keyFrameSeconds', 2]]],
    ['ivs', { width: 1920, height: 1080, frameRate: 60, videoKbps: 12_000, audioKbps: 192 }, [['size', 720], ['videoKbps', 8500], ['audioKbps', 160]]],
    ['trtc', { keyFrameSeconds: 3 }, [['keyFrameSeconds', 2]]],
    ['facebook', { videoKbps: 5000, audioKbps: 320 }, [['videoKbps', 4000], ['audioKbps', 256]]],
    ['facebook', { videoKbps: 5000, frameRate: 60 }, []],
  ] as const)('%s does not take %j', (id, change, expected) => {
    expect(checkLimits({ ...DEFAULT_ENCODING, ...change }, PLATFORMS[id].limits).map(({ field, wanted }) => [field, wanted])).toEqual(expected)
  })

  it.each(PLATFORM_IDS)('one click makes any show fit %s, and keeps what fitted', (id) => {
    const { limits } = PLATFORMS[id]
    const wild = { width: 1080, height: 1920, frameRate: 60, videoKbps: 20_000, audioKbps: 320, keyFrameSeconds: 4 }
    const adjusted = adjustToLimits(wild, limits)
    expect(checkLimits(adjusted, limits)).toEqual([])
    expect(encoding.safeParse(adjusted).success).toBe(true)
    expect(adjusted.width / adjusted.height).toBeCloseTo(1080 / 1920, 1)
    expect(adjustToLimits(DEFAULT_ENCODING, limits)).toEqual(DEFAULT_ENCODING)
  })

  it('knows how close together key frames must be for several at once', () => {
    expect(keyFramesFor(4, [])).toBe(4)
    expect(keyFramesFor(4, [at('rtmp', 'rtmp://my.example/live'), at('rtmp', 'rtmps://a.rtmps.youtube.com:443/live2')])).toBe(4)
    expect(keyFramesFor(4, [at('rtmp', 'rtmp://my.example/live'), at('rtmp', 'rtmp://intl-rtmp.rtc.qq.com/push')])).toBe(2)
    expect(keyFramesFor(1, [at('rtmp', 'rtmp://intl-rtmp.rtc.qq.com/push')])).toBe(1)
    expect(keyFramesFor(4, [at('whip', 'https://rooms.my.example/whip', 'trtc-whip')])).toBe(2)
  })

  it('knows the ceiling of a size', () => {
    const { limits } = PLATFORMS.facebook
    expect([[1920, 1080, 60], [1280, 720, 30], [720, 1280, 60], [854, 480, 30], [640, 360, 30]].map(([width = 0, height = 0, frameRate = 0]) => videoCeiling({ width, height, frameRate }, limits))).toEqual([9000, 4000, 6000, 2000, 1000])
  })
})

describe('the platform of a destination', () => {
  it('is what was chosen where its address does not tell', () => {
    expect(platformOfDestination(at('whip', 'https://rooms.my.example/whip', 'trtc-whip'))).toBe('trtc-whip')
    expect(platformOfDestination(at('whip', 'https://rooms.my.example/whip'))).toBe('custom')
    expect(platformOfDestination(at('whip', 'https://global.whip.live-video.net', 'trtc-whip'))).toBe('ivs-whip')
    expect(platformOfDestination(at('rtmp', 'rtmp://my.example/live', 'trtc-whip'))).toBe('custom')
  })

  it('is kept with it, and left out when this version does not know it', () => {
    const saved = { id: 'd', name: '', kind: 'whip' as const, enabled: true, address: 'https://h/whip' }
    expect(newDestination({ ...saved, platform: 'trtc-whip' }).platform).toBe('trtc-whip')
    expect(newDestination({ ...saved, platform: 'from-a-newer-version' as never }).platform).toBeUndefined()
  })
})
