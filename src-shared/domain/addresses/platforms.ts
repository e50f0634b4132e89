import type { Destination } from '../destination.ts'
import { type Platform, TENCENT_WHIP_ADDRESS } from './platform.ts'
import type { PlatformId } from './platform-ids.ts'

/** Where TRTC takes RTMP: the application's name is `push`. */
export const TRTC_RTMP_ADDRESS = 'rtmp://intl-rtmp.rtc.qq.com/push'

/** The ceilings of Facebook Live's help pages (and of OBS' list of services, 2026-08). */
const FACEBOOK_CEILINGS = [
  { shortSide: 1080, frameRate: 60, maxKbps: 9000 }, { shortSide: 1080, frameRate: 30, maxKbps: 6000 },
  { shortSide: 720, frameRate: 60, maxKbps: 6000 }, { shortSide: 720, frameRate: 30, maxKbps: 4000 },
  { shortSide: 480, frameRate: 30, maxKbps: 2000 }, { shortSide: 360, frameRate: 30, maxKbps: 1000 },
] as const

/** Amazon IVS real-time, RTMP and WHIP alike: a stream with B-frames is disconnected. */
const IVS_REAL_TIME = {
  maxVideoKbps: 8500, maxAudioKbps: 160, keyFrameSeconds: { min: 1, max: 2, wanted: 2 }, frameRate: { min: 10, max: 60 }, maxShortSide: 720, noBFrames: true, profile: 'baseline',
} as const

/** What comes into a room by RTMP is handed to WebRTC viewers: no B-frames, a key frame every 1 or 2 s. */
const TRTC = { keyFrameSeconds: { min: 1, max: 2, wanted: 2 }, noBFrames: true, profile: 'baseline' } as const

/**
 * The platforms that the form knows, with the limits that they document (their own pages where they say it, else OBS'
 * list of services, 2026-08). Data alone: whoever adds one adds a line here and its name in the texts.
 */
export const PLATFORMS: Readonly<Record<PlatformId, Platform>> = {
  custom: { id: 'custom', kind: 'rtmp', servers: [], limits: {} },
  twitch: {
    id: 'twitch', kind: 'rtmp', servers: [{ name: 'any', address: 'rtmps://ingest.global-contribute.live-video.net/app' }], hasServerList: true, testFlag: 'bandwidthtest=true',
    limits: { maxVideoKbps: 6000, maxAudioKbps: 320, keyFrameSeconds: { min: 1, max: 2, wanted: 2 }, maxHours: 48, constantBitrate: true },
  },
  youtube: {
    id: 'youtube', kind: 'rtmp',
    servers: [{ name: 'primary', address: 'rtmps://a.rtmps.youtube.com:443/live2' }, { name: 'backup', address: 'rtmps://b.rtmps.youtube.com:443/live2?backup=1' }],
    limits: { maxVideoKbps: 51_000, maxAudioKbps: 160, keyFrameSeconds: { min: 1, max: 4, wanted: 2 } },
  },
  facebook: {
    id: 'facebook', kind: 'rtmp', servers: [{ name: 'any', address: 'rtmps://live-api-s.facebook.com:443/rtmp' }], keyPerBroadcast: true,
    limits: { videoKbpsBySize: FACEBOOK_CEILINGS, maxAudioKbps: 256, keyFrameSeconds: { min: 1, max: 4, wanted: 2 }, maxHours: 8, profile: 'main', noChangeWhileLive: true },
  },
  ivs: { id: 'ivs', kind: 'rtmp', servers: [], limits: IVS_REAL_TIME },
  'ivs-whip': { id: 'ivs-whip', kind: 'whip', servers: [{ name: 'any', address: 'https://global.whip.live-video.net' }], limits: IVS_REAL_TIME },
  'tencent-css': { id: 'tencent-css', kind: 'rtmp', servers: [], limits: {} },
  'tencent-whip': { id: 'tencent-whip', kind: 'whip', servers: [{ name: 'any', address: TENCENT_WHIP_ADDRESS }], limits: { noBFrames: true } },
  trtc: { id: 'trtc', kind: 'rtmp', servers: [{ name: 'any', address: TRTC_RTMP_ADDRESS }], limits: TRTC },
  'trtc-whip': { id: 'trtc-whip', kind: 'whip', servers: [], limits: TRTC },
  bilibili: {
    id: 'bilibili', kind: 'rtmp', keyPerBroadcast: true, limits: {},
    servers: [
      { name: 'any', address: 'rtmp://live-push.bilivideo.com/live-bvc' }, { name: 'bdy', address: 'rtmp://bdy.live-push.bilivideo.com/live-bvc' },
      { name: 'txy2', address: 'rtmp://txy2.live-push.bilivideo.com/live-bvc' },
    ],
  },
}

/** Hosts that tell the platform; the first that matches counts. */
const HOSTS: readonly [pattern: RegExp, id: PlatformId][] = [
  [/^(ingest\.global-contribute|[a-z]{3}\d{2}\.contribute)\.live-video\.net$|\.twitch\.tv$/, 'twitch'],
  [/(^|\.)rtmps?\.youtube\.com$/, 'youtube'],
  [/(^|\.)facebook\.com$/, 'facebook'],
  [/(^|\.)whip\.live-video\.net$/, 'ivs-whip'],
  [/(^|\.)(global-contribute|ivs[\w-]*)\.live-video\.net$/, 'ivs'],
  [/(^|\.)(tlivewebrtcpush2?\.com)$/, 'tencent-whip'],
  [/(^|-)rtmp\.rtc\.qq\.com$/, 'trtc'],
  [/(^|\.)(livepush\.myqcloud\.com|push\.tlivecloud\.com)$/, 'tencent-css'],
  [/(^|\.)live-push\.bilivideo\.com$/, 'bilibili'],
]

/** The platform that an address belongs to, by its host; `custom` for any other. Never throws. */
export function platformOf(address: string): PlatformId {
  const host = /^\s*[a-z]+:\/\/(?:[^/@\s]*@)?([^/:?#\s]+)/i.exec(address)?.[1]?.toLowerCase() ?? ''
  return HOSTS.find(([pattern]) => pattern.test(host))?.[1] ?? 'custom'
}

/** The same for a destination, which remembers what was chosen where every customer has an address of their own. */
export function platformOfDestination({ kind, address, platform = 'custom' }: Pick<Destination, 'kind' | 'address' | 'platform'>): PlatformId {
  const byAddress = platformOf(address)
  return byAddress === 'custom' && PLATFORMS[platform].kind === kind ? platform : byAddress
}
