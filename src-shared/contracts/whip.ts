import { z } from 'zod'
import { whipOptions } from '../domain/destination.ts'
import { reasons } from '../domain/errors.ts'
import { programContent } from '../domain/program-content.ts'
import { call, nothing, service } from './service.ts'

/** A STUN or TURN server, as RTCPeerConnection takes it. */
export const iceServer = z.object({ urls: z.array(z.string().max(2048)), username: z.string().optional(), credential: z.string().optional() })
export type IceServer = z.infer<typeof iceServer>

/** A peer connection that main wants the page to have. Changed rates, `content` or `restart` are applied to the living peer; everything else makes a new one. */
export const whipPeer = z.object({
  /** One per run of the output; never used again. */
  peerId: z.string(),
  destinationId: z.string(),
  /** Whose picture and sound it sends; another one takes their place without another offer. */
  content: programContent,
  ...whipOptions.pick({ videoCodec: true, degradation: true, relayOnly: true }).shape,
  /** The user's own; those that the server names come with its answer. */
  iceServers: z.array(iceServer),
  /** Where the bandwidth estimate starts, and its ceiling, kbit/s of video. */
  startKbps: z.number(),
  maxKbps: z.number(),
  audioKbps: z.number(),
  /** Of the sound; absent = 2. One that changes is taken up with the next peer. */
  audioChannels: z.union([z.literal(1), z.literal(2)]).optional(),
  /**
   * Where a line leaves less than this for the picture, kbit/s, there are fewer pictures than `frameRate` a second instead of worse ones.
   * null: the rate is to stay as it is whatever the line takes.
   */
  floor: z.object({ kbps: z.number(), frameRate: z.number() }).nullable(),
  /** From 0; when it rises, the living peer makes an offer with an ICE restart and calls `restart`. */
  restart: z.int(),
})
export type WhipPeer = z.infer<typeof whipPeer>

/** What the peer has measured; counters since the peer began. */
export const whipFigures = z.object({
  /** Bits of media that left over the last second or so, kbit/s. */
  bitrateKbps: z.number(),
  bytesSent: z.number(),
  /** Packets of media that the server has confirmed (remote-inbound reports or transport feedback). */
  packetsAcknowledged: z.number(),
  framesSent: z.number(),
  rttMs: z.number().nullable(),
  lossPercent: z.number().nullable(),
  retransmits: z.number(),
  codec: z.string().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  fps: z.number().nullable(),
  limitedBy: z.string().nullable(),
})
export type WhipFigures = z.infer<typeof whipFigures>

/**
 * The peer connection lives in the page, its HTTP signalling in main. Main says which peers there should be; the page
 * makes them, offers, and reports. Calls of a peer that main no longer wants fail with `not-found`.
 */
export const whip = service('whip', {
  calls: {
    /** The page's offer; answered when the server has. Fails with the reason for which the server refused. */
    offer: call(z.object({ peerId: z.string(), sdp: z.string().max(200_000) }), z.object({ answerSdp: z.string(), iceServers: z.array(iceServer) })),
    /** Candidates of the first m-section as they are found; `null` = there are no more. Main sends them in one PATCH when it may. */
    candidate: call(z.object({ peerId: z.string(), candidate: z.string().max(4000).nullable(), usernameFragment: z.string(), password: z.string() }), nothing),
    /**
     * A new offer after an ICE restart. Answers with the SDP fragment of the server's side, or null when the server cannot restart,
     * after which main begins a new session.
     */
    restart: call(z.object({ peerId: z.string(), sdp: z.string().max(200_000) }), z.object({ fragment: z.string().nullable() })),
    /** Every change of the connection, as RTCPeerConnection names it. */
    connection: call(z.object({ peerId: z.string(), state: z.enum(['new', 'connecting', 'connected', 'disconnected', 'failed', 'closed']), ice: z.string(), dtls: z.string() }), nothing),
    /** Twice a second. */
    report: call(z.object({ peerId: z.string(), figures: whipFigures }), nothing),
    /** The page cannot have this peer. */
    failure: call(z.object({ peerId: z.string(), reason: z.enum(reasons), evidence: z.string().max(2000) }), nothing),
    /**
     * For the player in the rehearsal view: one WHEP request to a server of the user, done by main because a page's fetch hides
     * the headers. `path` empty = the address itself, else the session's address that an earlier answer named.
     */
    play: call(
      z.object({ address: z.string().max(2048), token: z.string().max(4096), method: z.enum(['POST', 'PATCH', 'DELETE']), contentType: z.string(), body: z.string().max(200_000), session: z.string().max(2048) }),
      z.object({ status: z.number(), body: z.string(), session: z.string(), iceServers: z.array(iceServer), retryAfterMs: z.number().nullable() }),
    ),
  },
  topics: { peers: z.array(whipPeer) },
})
