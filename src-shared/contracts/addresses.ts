import { z } from 'zod'
import { SIGNATURE_ALGORITHMS } from '../domain/addresses/push-signature.ts'
import { roomRights } from '../domain/addresses/room-rights.ts'
import { STREAM_TYPES } from '../domain/addresses/stream-name.ts'
import { tokenSource } from '../domain/addresses/token-source.ts'
import { call, service } from './service.ts'

const name = z.string().min(1).max(500)
const rights = z.array(z.enum(roomRights))
const host = z.string().regex(/^[\p{L}\p{N}.-]{1,253}$/u, 'a host name')

/** A key that signs: as typed, or undefined for the one that the secret store keeps under `keptAs`. */
const signingKey = z.object({ keptAs: z.string().min(1).max(200), key: z.string().max(500).optional(), keep: z.boolean() })

/** What a token says about itself; the token itself is no part of it. */
export const tokenFacts = z.object({
  kind: z.enum(['usersig', 'private-map-key', 'jwt', 'signed-address']),
  expiresAtMs: z.number().nullable(),
  sdkAppId: z.string().nullable(),
  user: z.string().nullable(),
  room: z.string().nullable(),
  /** null where the token does not limit them. */
  rights: rights.nullable(),
})
export type TokenFacts = z.infer<typeof tokenFacts>

/** What is known about one destination's secrets without showing them. */
export const destinationFacts = z.object({
  destinationId: z.string(),
  /** The first moment at which one of its secrets runs out, ms since 1970. */
  expiresAtMs: z.number().nullable(),
  token: tokenFacts.nullable(),
  /** Rights that the show's sources need and the token does not give. */
  missing: rights,
})
export type DestinationFacts = z.infer<typeof destinationFacts>

export const platformServers = z.object({
  servers: z.array(z.object({ name: z.string().max(200), address: z.string().max(500) })),
  /** False = the platform's list could not be had; these are the ones that the studio knows by itself. */
  fresh: z.boolean(),
  evidence: z.string(),
})
export type PlatformServers = z.infer<typeof platformServers>

export const addresses = service('addresses', {
  calls: {
    /** The platform's own list of servers, asked for now. Does not fail: without an answer it is the built-in list. */
    platformServers: call(z.object({ platform: z.literal('twitch') }), platformServers),
    /** Where viewers watch: of a participant's stream, or of a stream whose name is known. */
    playback: call(
      z.object({
        stream: z.union([z.object({ bizId: name, room: name, user: name, type: z.enum(STREAM_TYPES) }), z.object({ name })]),
        /** Empty = the default domain of the customer's number. */
        domain: host.or(z.literal('')),
        application: z.string().regex(/^[\w-]{1,100}$/),
        secure: z.boolean(),
      }),
      z.object({ name: z.string(), rtmp: z.string(), flv: z.string(), hls: z.string(), webrtc: z.string() }),
    ),
    /** Signs a stream's name; the answer is the whole stream key. */
    signPush: call(z.object({ streamName: name, signing: signingKey, expiresAtMs: z.number(), algorithm: z.enum(SIGNATURE_ALGORITHMS) }), z.object({ streamKey: z.string() })),
    /** Makes tokens with the application's secret key: for trying out. */
    makeToken: call(
      z.object({ sdkAppId: z.int().positive(), userId: name, signing: signingKey, lifeSeconds: z.int().min(60).max(180 * 86_400), room: z.string().max(64), rights: rights.nullable() }),
      z.object({ userSig: z.string(), privateMapKey: z.string(), facts: tokenFacts }),
    ),
    /** Asks the user's own server for tokens. Fails with a reason of reaching a server, `token-rejected` or `offer-rejected`. */
    fetchToken: call(
      tokenSource,
      z.object({ userSig: z.string(), privateMapKey: z.string(), token: z.string(), address: z.string(), streamKey: z.string(), facts: tokenFacts.nullable() }),
    ),
    /** Reads what a pasted token says about itself; null when it is none that can be read. */
    inspectToken: call(z.object({ token: z.string().max(20_000) }), tokenFacts.nullable()),
    /** Whether the secret store keeps a signing key under this name. */
    isKept: call(z.object({ keptAs: z.string().min(1).max(200) }), z.boolean()),
  },
  topics: { facts: z.array(destinationFacts) },
})
