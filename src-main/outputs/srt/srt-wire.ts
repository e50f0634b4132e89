/**
 * What stands in SRT's datagrams in clear text, also when the media is encrypted (draft-sharabayko-srt §3: control packets
 * and headers are never encrypted). Reads only; anything unknown or cut short is null.
 */
export type SrtPacket =
  | { type: 'data'; sequence: number; retransmitted: boolean }
  | { type: 'handshake'; conclusion: boolean; extended: boolean; rejection: number | null; /** The longer of the delays that it names, 0 for none. */ latencyMs: number }
  | { type: 'acknowledgement'; next: number; rttMs: number | null }
  /** First and last number of each gap. */
  | { type: 'loss'; ranges: [number, number][] }
  | { type: 'shutdown' }
  | { type: 'other' }

const HEADER_BYTES = 16
const CONTROL = { handshake: 0, acknowledgement: 2, loss: 3, shutdown: 5 } as const
/** Handshake type, as u32: the caller's second request, and the listener's answer that lets it in (§3.2.1). */
const CONCLUSION = 0xffffffff
/** What of its kind a caller and a listener add to it (§3.2.1.1): version, flags, delay of its receiver and of its sender. */
const DELAY_EXTENSIONS: readonly number[] = [1, 2]
/** Above this a handshake type is a refusal: 1000 + its code (§4.3, table 7). */
const REJECTION = 1000
const MAX_REJECTION = 10_000

/** Sequence numbers have 31 bits and begin anew. */
export const SEQUENCE_MODULUS = 2 ** 31

export function readSrtPacket(bytes: Buffer): SrtPacket | null {
  if (bytes.length < HEADER_BYTES) return null
  const first = bytes.readUInt32BE(0)
  if (first < SEQUENCE_MODULUS) return { type: 'data', sequence: first, retransmitted: (bytes.readUInt32BE(4) & 0x04000000) !== 0 }
  switch ((first >>> 16) & 0x7fff) {
    case CONTROL.handshake: return readHandshake(bytes)
    case CONTROL.acknowledgement:
      if (bytes.length < HEADER_BYTES + 4) return null
      // The short form, sent at high rates, has nothing but the number.
      return { type: 'acknowledgement', next: bytes.readUInt32BE(16) & 0x7fffffff, rttMs: bytes.length >= 24 ? bytes.readUInt32BE(20) / 1000 : null }
    case CONTROL.loss: return { type: 'loss', ranges: rangesOf(bytes.subarray(HEADER_BYTES)) }
    case CONTROL.shutdown: return { type: 'shutdown' }
    default: return { type: 'other' }
  }
}

/** How many packets lie from `from` to `to`, negative when `to` is behind. */
export function sequenceDistance(from: number, to: number): number {
  const forward = (to - from + SEQUENCE_MODULUS) % SEQUENCE_MODULUS
  return forward < SEQUENCE_MODULUS / 2 ? forward : forward - SEQUENCE_MODULUS
}

function readHandshake(bytes: Buffer): SrtPacket | null {
  if (bytes.length < HEADER_BYTES + 48) return null
  const kind = bytes.readUInt32BE(36)
  const refused = kind >= REJECTION && kind < MAX_REJECTION
  return { type: 'handshake', conclusion: kind === CONCLUSION, extended: bytes.length > HEADER_BYTES + 48, rejection: refused ? kind - REJECTION : null, latencyMs: latencyOf(bytes.subarray(HEADER_BYTES + 48)) }
}

/** Extensions follow one another: type, length in words, content. */
function latencyOf(extensions: Buffer): number {
  let latencyMs = 0
  for (let at = 0; at + 16 <= extensions.length; at += 4 + 4 * extensions.readUInt16BE(at + 2)) {
    if (DELAY_EXTENSIONS.includes(extensions.readUInt16BE(at))) latencyMs = Math.max(extensions.readUInt16BE(at + 12), extensions.readUInt16BE(at + 14))
  }
  return latencyMs
}

/** A number alone, or, with its first bit set, the first of a range whose last follows. */
function rangesOf(list: Buffer): [number, number][] {
  const ranges: [number, number][] = []
  for (let at = 0; at + 4 <= list.length; at += 4) {
    const number = list.readUInt32BE(at)
    if (number < SEQUENCE_MODULUS || at + 8 > list.length) ranges.push([number % SEQUENCE_MODULUS, number % SEQUENCE_MODULUS])
    else {
      at += 4
      ranges.push([number - SEQUENCE_MODULUS, list.readUInt32BE(at)])
    }
  }
  return ranges
}
