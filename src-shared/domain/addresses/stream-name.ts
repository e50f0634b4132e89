/** `main` = what is pushed as the camera, `aux` = what is pushed as the screen. */
export const STREAM_TYPES = ['main', 'aux'] as const
export type StreamType = (typeof STREAM_TYPES)[number]

/** One participant's stream in a room. */
export interface RoomStream {
  bizId: string
  room: string
  user: string
  type: StreamType
}

/** Where viewers watch one stream, by protocol. */
export interface PlaybackAddresses {
  rtmp: string
  flv: string
  hls: string
  webrtc: string
}

/** The application that streams are in unless somebody chose another. */
export const DEFAULT_APPLICATION = 'live'

/**
 * What is hashed, and how the name is made of it: `BIZID_md5hex(ROOM_USER_TYPE)`, UTF-8. The rule is expected to change;
 * it stands here and nowhere else. `md5Hex` is a parameter because the page has none.
 */
export function streamName({ bizId, room, user, type }: RoomStream, md5Hex: (text: string) => string): string {
  return `${bizId}_${md5Hex(`${room}_${user}_${type}`)}`
}

export const defaultPushDomain = (bizId: string): string => `${bizId}.livepush.myqcloud.com`
export const defaultPlaybackDomain = (bizId: string): string => `${bizId}.liveplay.myqcloud.com`

/** The customer's number in a default push domain (`8888.livepush.myqcloud.com`); null for a domain of their own. */
export const bizIdOfDomain = (host: string): string | null => /^(\d+)\.live(?:push|play)\.myqcloud\.com$/i.exec(host)?.[1] ?? null

/** Playback addresses of a stream under a playback domain. `secure`: FLV and HLS by https. */
export function playbackAddresses(place: { domain: string; name: string; application?: string; secure?: boolean }): PlaybackAddresses {
  const { domain, name, application = DEFAULT_APPLICATION, secure = false } = place
  const path = `${domain}/${application}/${name}`
  const web = secure ? 'https' : 'http'
  return { rtmp: `rtmp://${path}`, flv: `${web}://${path}.flv`, hls: `${web}://${path}.m3u8`, webrtc: `webrtc://${path}` }
}
