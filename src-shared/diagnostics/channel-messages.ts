import { z } from 'zod'

/**
 * What a page and a test server say to each other over a WebRTC data channel that neither orders nor repeats. Binary, numbers of
 * 32 bits, big-endian: kind, then its numbers. A packet is filled up to 200 bytes.
 */
export const CHANNEL_LABEL = 'castwright-line'
export const CHANNEL_PATH = '/channel'
export const PACKET_BYTES = 200
/** Most that one measurement sends; a server counts no further. */
export const MAX_PACKETS = 2000
/** A description of one data channel has 1 to 2 KiB. */
export const MAX_SDP_LENGTH = 16 * 1024

/** The body of POST /channel and its answer. */
export const channelDescription = z.object({ sdp: z.string().min(1).max(MAX_SDP_LENGTH) })

const KINDS = { packet: 0x43574501, ask: 0x43574502, counts: 0x43574503 } as const
const COUNTS_BYTES = 12

/** What the server counted: different packets that came, and how many of them it sent back. */
export interface ServerCounts {
  received: number
  echoed: number
}

export type ChannelMessage = { kind: 'packet'; number: number } | { kind: 'ask' } | ({ kind: 'counts' } & ServerCounts)

/** To be echoed as it is. */
export function packetOf(number: number): Uint8Array<ArrayBuffer> {
  const bytes = numbers(KINDS.packet, number)
  const packet = new Uint8Array(PACKET_BYTES)
  packet.set(bytes)
  return packet
}
/** Asks how many came. Not repeated by the channel, so whoever asks does. */
export const askForCounts = (): Uint8Array<ArrayBuffer> => numbers(KINDS.ask)
export const countsMessage = ({ received, echoed }: ServerCounts): Uint8Array<ArrayBuffer> => numbers(KINDS.counts, received, echoed)

/** null of anything else. Whether the numbers can be true is for the reader to judge. */
export function readChannelMessage(bytes: Uint8Array): ChannelMessage | null {
  if (bytes.length < 4) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const kind = view.getUint32(0)
  if (kind === KINDS.packet && bytes.length === PACKET_BYTES) return { kind: 'packet', number: view.getUint32(4) }
  if (kind === KINDS.ask && bytes.length === 4) return { kind: 'ask' }
  if (kind === KINDS.counts && bytes.length === COUNTS_BYTES) return { kind: 'counts', received: view.getUint32(4), echoed: view.getUint32(8) }
  return null
}

function numbers(...values: readonly number[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 4)
  const view = new DataView(bytes.buffer)
  for (const [at, value] of values.entries()) view.setUint32(at * 4, value)
  return bytes
}
