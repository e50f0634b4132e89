import { INITIAL_CHUNK_BYTES } from './chunk-format.ts'

/** What goes out as one message. */
export interface OutgoingMessage {
  /** Chunk stream, 2 to 63. */
  chunkStream: number
  type: number
  streamId: number
  /** Taken modulo 2^32. */
  timestampMs: number
  /** A few bytes that stand before the payload, e.g. the head of an FLV tag; at most 64. */
  prefix?: Uint8Array
  payload: Uint8Array
}

const EXTENDED = 0xffffff
const NOTHING = new Uint8Array(0)

/**
 * Cuts messages into chunks (RTMP 1.0 §5.3.1). Every message begins with a full header (format 0): it costs
 * 8 bytes more than a delta and leaves no state to disagree about. The payload is not copied: what comes back
 * are headers and views of the payload, in the order in which they go out.
 */
export class ChunkWriter {
  #chunkBytes = INITIAL_CHUNK_BYTES

  /** From the next message on. The peer must have been told by a Set Chunk Size message. */
  set chunkBytes(bytes: number) {
    this.#chunkBytes = bytes
  }

  write(message: OutgoingMessage): Uint8Array[] {
    const prefix = message.prefix ?? NOTHING
    const { payload } = message
    const lengthBytes = prefix.length + payload.length
    const timestampMs = message.timestampMs >>> 0
    const extended = timestampMs >= EXTENDED
    const further = Math.max(0, Math.ceil(lengthBytes / this.#chunkBytes) - 1)
    const firstHeader = 12 + (extended ? 4 : 0)
    const furtherHeader = 1 + (extended ? 4 : 0)
    const headers = Buffer.alloc(firstHeader + prefix.length + further * furtherHeader)

    headers[0] = message.chunkStream
    headers.writeUIntBE(extended ? EXTENDED : timestampMs, 1, 3)
    headers.writeUIntBE(lengthBytes, 4, 3)
    headers[7] = message.type
    headers.writeUInt32LE(message.streamId, 8)
    if (extended) headers.writeUInt32BE(timestampMs, 12)
    headers.set(prefix, firstHeader)

    let at = firstHeader + prefix.length
    let sent = Math.min(this.#chunkBytes - prefix.length, payload.length)
    const parts: Uint8Array[] = [headers.subarray(0, at), payload.subarray(0, sent)]
    while (sent < payload.length) {
      headers[at] = 0xc0 | message.chunkStream
      // Peers repeat the extended time stamp on every chunk of the message, as Adobe's own did.
      if (extended) headers.writeUInt32BE(timestampMs, at + 1)
      const next = Math.min(sent + this.#chunkBytes, payload.length)
      parts.push(headers.subarray(at, at + furtherHeader), payload.subarray(sent, next))
      at += furtherHeader
      sent = next
    }
    return parts
  }
}
