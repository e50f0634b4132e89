import type { DestinationKind } from '../destination.ts'
import type { PlatformId } from './platform-ids.ts'

/** Tencent CSS takes WHIP at one address for everybody; the signed `webrtc://` address is the bearer token. */
export const TENCENT_WHIP_ADDRESS = 'https://webrtcpush.tlivewebrtcpush.com/webrtc/v2/whip'

export interface PlatformServer {
  /** Names for people are the same in every language, as the platform writes them; `primary`, `backup` and `any` are texts of ours. */
  name: string
  address: string
}

/** What a platform documents about what it takes; a field that is not there is not documented. */
export interface PlatformLimits {
  maxVideoKbps?: number
  /** Ceilings by the shorter side and the frame rate; the first that fits counts. */
  videoKbpsBySize?: readonly { shortSide: number; frameRate: number; maxKbps: number }[]
  maxAudioKbps?: number
  keyFrameSeconds?: { min: number; max: number; wanted: number }
  frameRate?: { min: number; max: number }
  maxShortSide?: number
  maxHours?: number
  /** Streams with B-frames are refused or break for viewers. The studio's encoders never make any. */
  noBFrames?: boolean
  /** The profile that is asked for, where it is. The studio codes in main, and in constrained baseline as soon as one destination asks for that. */
  profile?: 'baseline' | 'main'
  constantBitrate?: boolean
  /** Settings must stay as they are while the broadcast runs. */
  noChangeWhileLive?: boolean
}

export interface Platform {
  id: PlatformId
  kind: Exclude<DestinationKind, 'rehearsal'>
  /** Empty = every customer has an address of their own. */
  servers: readonly PlatformServer[]
  limits: PlatformLimits
  /** Added to the key: the platform takes the stream and shows it to nobody. */
  testFlag?: string
  /** The list of servers can be asked for. */
  hasServerList?: boolean
  /** Keys are made for one broadcast and do not work for the next. */
  keyPerBroadcast?: boolean
}
