import { z } from 'zod'
import { MAX_ICE_SERVER_LENGTH, MAX_ICE_SERVERS } from './ice-server-address.ts'
import { programContent } from './program-content.ts'
import { PLATFORM_IDS } from './addresses/platform-ids.ts'

/** Longest address that the studio takes; longer ones are a paste accident. */
export const MAX_ADDRESS_LENGTH = 2048

/** WebRTC ingest (RFC 9725). */
export const whipOptions = z.object({
  videoCodec: z.enum(['h264', 'vp8', 'vp9', 'av1']).default('h264'),
  /** What WebRTC gives up first when the line or the processor is too slow. */
  degradation: z.enum(['balanced', 'maintain-framerate', 'maintain-resolution']).default('balanced'),
  /** A redirect to another origin gets the token only when this is on. */
  tokenFollowsRedirects: z.boolean().default(false),
  /** STUN and TURN servers of the user's own, beside those that the server names: see ice-server-address.ts. */
  iceServers: z.array(z.string().max(MAX_ICE_SERVER_LENGTH)).max(MAX_ICE_SERVERS).default([]),
  /** For TURN; the secret to it is the destination's `passphrase`. */
  iceUser: z.string().max(512).default(''),
  /** Media goes through a TURN server or not at all. */
  relayOnly: z.boolean().default(false),
})
export type WhipOptions = z.infer<typeof whipOptions>

export const srtOptions = z.object({
  /** `caller` connects to the address; `listener` waits there to be called. */
  mode: z.enum(['caller', 'listener']).default('caller'),
  /** How long the receiver may wait for a packet to be sent again, ms. 120 is libsrt's own default. */
  latencyMs: z.int().min(20).max(8000).default(200),
  /** AES key length, used when there is a passphrase. */
  keyLength: z.union([z.literal(16), z.literal(24), z.literal(32)]).default(16),
})
export type SrtOptions = z.infer<typeof srtOptions>

export const hlsOptions = z.object({
  segmentSeconds: z.int().min(1).max(30).default(4),
  /** Segments that the playlist lists; 0 keeps them all, as an event playlist. */
  listSize: z.int().min(0).max(1000).default(6),
})
export type HlsOptions = z.infer<typeof hlsOptions>

export const DESTINATION_KINDS = ['rehearsal', 'rtmp', 'whip', 'srt', 'hls'] as const

/**
 * Where the program goes. Secrets are not part of it: they live in the host's secret store under the
 * destination's id. What the secret `key` is depends on the kind: the stream key (RTMP), the bearer token (WHIP,
 * HLS over HTTP), the stream id (SRT). A second one, `passphrase`, is SRT's passphrase and the secret of WHIP's own TURN servers. `rehearsal` is the built-in local server;
 * it needs no address.
 */
export const destination = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  kind: z.enum(DESTINATION_KINDS),
  /**
   * Without secrets: `rtmp(s)://host[:port]/app`, `http(s)://…` (WHIP), `srt://host:port`,
   * a folder or `http(s)://…/name.m3u8` (HLS). Empty for the rehearsal.
   */
  address: z.string().max(MAX_ADDRESS_LENGTH),
  enabled: z.boolean(),
  /** PEM certificates trusted for this destination besides the system's own. */
  certificateAuthority: z.string().max(200_000).default(''),
  /** Off is for test rigs only; the studio shows it as a warning. */
  verifyCertificate: z.boolean().default(true),
  /** The slowest required destination decides the rate of the shared encoder; a best-effort one loses frames instead. */
  priority: z.enum(['required', 'best-effort']).default('required'),
  /** What it gets. */
  content: programContent.default('mix'),
  /** The platform that was chosen where the address does not tell it; absent where it does, or there is none. */
  platform: z.enum(PLATFORM_IDS).optional().catch(undefined),
  whip: whipOptions.prefault({}),
  srt: srtOptions.prefault({}),
  hls: hlsOptions.prefault({}),
})
export type Destination = z.infer<typeof destination>
export type DestinationKind = Destination['kind']

/** A destination with everything that was not said at its default, e.g. for tests and first starts. */
export const newDestination = (given: z.input<typeof destination>): Destination => destination.parse(given)

/**
 * What the page may know: everything but the secrets themselves. The address is without its query; `hasQuery`: there is one.
 * `renews`: a fresh token is fetched before it connects, once the kept one is over or nearly so.
 */
export const destinationView = destination.extend({ hasKey: z.boolean(), hasPassphrase: z.boolean(), hasQuery: z.boolean().optional(), renews: z.boolean().optional() })
export type DestinationView = z.infer<typeof destinationView>
