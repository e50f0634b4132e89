import { StudioError } from '@shared/domain/errors.ts'
import { INITIAL_CHUNK_BYTES } from './chunk-format.ts'
import { MESSAGE } from './messages.ts'

/** One whole message, put together from its chunks. */
export interface RtmpMessage {
  type: number
  streamId: number
  timestampMs: number
  /** Its own bytes, not a view of what was received. */
  payload: Buffer
}

interface ChunkStream {
  type: number
  streamId: number
  timestampMs: number
  /** The last delta, which a header of format 3 repeats. */
  deltaMs: number
  lengthBytes: number
  extended: boolean
  /** Grows with what really arrives: a claimed length costs no memory. */
  buffer: Buffer
  received: number
}

const MAX_CHUNK_BYTES = 0xffffff
export const MAX_MESSAGE_BYTES = 16 * 1024 * 1024
/** Servers use three to six. */
const MAX_CHUNK_STREAMS = 64
const MESSAGE_HEADER_BYTES = [11, 7, 3, 0] as const
const EXTENDED = 0xffffff
const EMPTY = Buffer.alloc(0)

/**
 * Puts messages together from a chunk stream (RTMP 1.0 §5.3), however the bytes are cut.
 * Set Chunk Size and Abort are obeyed here, since they decide how the next bytes are read.
 * Memory is bounded: at most 64 chunk streams and 16 MiB of unfinished messages in all.
 */
export class ChunkReader {
  readonly #streams = new Map<number, ChunkStream>()
  readonly #head = Buffer.alloc(18)
  #headLength = 0
  #chunkBytes = INITIAL_CHUNK_BYTES
  #current: ChunkStream | null = null
  #left = 0
  #unfinishedBytes = 0

  constructor(private readonly onMessage: (message: RtmpMessage) => void) {}

  /** Bytes held for messages that are not complete yet. */
  get heldBytes(): number {
    return this.#unfinishedBytes
  }

  /** Throws StudioError `protocol-error` on what cannot be a chunk stream; the reader is of no use after that. */
  push(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length) {
      if (this.#current) at += this.#payload(this.#current, bytes, at)
      else {
        this.#head[this.#headLength++] = bytes[at++] ?? 0
        if (this.#headLength === this.#headerBytes()) this.#begin()
      }
    }
  }

  /** Length of the header being read, as far as its bytes tell; grows as more of them arrive. */
  #headerBytes(): number {
    const first = this.#head[0] ?? 0
    const basic = basicHeaderBytes(first)
    if (this.#headLength < basic) return basic
    const format = first >> 6
    const plain = basic + (MESSAGE_HEADER_BYTES[format] ?? 0)
    if (this.#headLength < plain) return plain
    const extended = format === 3 ? this.#known(this.#streamNumber()).extended : this.#head.readUIntBE(basic, 3) === EXTENDED
    return extended ? plain + 4 : plain
  }

  #begin(): void {
    const first = this.#head[0] ?? 0
    const format = first >> 6
    const at = basicHeaderBytes(first)
    const stream = format < 2 ? this.#open(this.#streamNumber()) : this.#known(this.#streamNumber())
    const unfinished = stream.received > 0
    // A new header in the middle of a message gives that message up.
    if (unfinished && format !== 3) this.#drop(stream)
    if (format <= 2) {
      const field = this.#head.readUIntBE(at, 3)
      stream.extended = field === EXTENDED
      const timeMs = stream.extended ? this.#head.readUInt32BE(at + (MESSAGE_HEADER_BYTES[format] ?? 0)) : field
      if (format <= 1) {
        stream.lengthBytes = this.#head.readUIntBE(at + 3, 3)
        stream.type = this.#head[at + 6] ?? 0
      }
      if (format === 0) stream.streamId = this.#head.readUInt32LE(at + 7)
      stream.timestampMs = format === 0 ? timeMs : (stream.timestampMs + timeMs) >>> 0
      stream.deltaMs = timeMs
    } else if (!unfinished) stream.timestampMs = (stream.timestampMs + stream.deltaMs) >>> 0

    if (stream.lengthBytes > MAX_MESSAGE_BYTES) throw broken('message too large')
    this.#headLength = 0
    this.#left = Math.min(this.#chunkBytes, stream.lengthBytes - stream.received)
    if (this.#left > 0) this.#current = stream
    else this.#finish(stream)
  }

  #payload(stream: ChunkStream, bytes: Uint8Array, at: number): number {
    const count = Math.min(this.#left, bytes.length - at)
    this.#unfinishedBytes += count
    if (this.#unfinishedBytes > MAX_MESSAGE_BYTES) throw broken('too much in unfinished messages')
    makeRoom(stream, count)
    stream.buffer.set(bytes.subarray(at, at + count), stream.received)
    stream.received += count
    this.#left -= count
    if (this.#left === 0) {
      this.#current = null
      if (stream.received === stream.lengthBytes) this.#finish(stream)
    }
    return count
  }

  #finish(stream: ChunkStream): void {
    const payload = stream.buffer.subarray(0, stream.received)
    this.#drop(stream)
    if (stream.type === MESSAGE.setChunkSize) this.#setChunkBytes(payload)
    else if (stream.type === MESSAGE.abort) this.#abort(payload)
    else this.onMessage({ type: stream.type, streamId: stream.streamId, timestampMs: stream.timestampMs, payload })
  }

  #setChunkBytes(payload: Buffer): void {
    const size = payload.length >= 4 ? payload.readUInt32BE() : 0
    if (size < 1 || size > MAX_CHUNK_BYTES) throw broken(`chunk size ${size}`)
    this.#chunkBytes = size
  }

  #abort(payload: Buffer): void {
    const stream = payload.length >= 4 ? this.#streams.get(payload.readUInt32BE()) : undefined
    if (stream) this.#drop(stream)
  }

  #drop(stream: ChunkStream): void {
    this.#unfinishedBytes -= stream.received
    stream.buffer = EMPTY
    stream.received = 0
  }

  #streamNumber(): number {
    const low = (this.#head[0] ?? 0) & 0x3f
    if (low === 0) return 64 + (this.#head[1] ?? 0)
    if (low === 1) return 64 + (this.#head[1] ?? 0) + 256 * (this.#head[2] ?? 0)
    return low
  }

  #known(number: number): ChunkStream {
    const stream = this.#streams.get(number)
    if (!stream) throw broken('a chunk refers to a stream that was never opened')
    return stream
  }

  #open(number: number): ChunkStream {
    const existing = this.#streams.get(number)
    if (existing) return existing
    if (this.#streams.size >= MAX_CHUNK_STREAMS) throw broken('too many chunk streams')
    const stream = { type: 0, streamId: 0, timestampMs: 0, deltaMs: 0, lengthBytes: 0, extended: false, buffer: EMPTY, received: 0 }
    this.#streams.set(number, stream)
    return stream
  }
}

function basicHeaderBytes(first: number): number {
  const low = first & 0x3f
  return low === 0 ? 2 : low === 1 ? 3 : 1
}

function makeRoom(stream: ChunkStream, count: number): void {
  const needed = stream.received + count
  if (stream.buffer.length >= needed) return
  const grown = Buffer.alloc(Math.min(stream.lengthBytes, Math.max(needed, stream.buffer.length * 2, 256)))
  stream.buffer.copy(grown, 0, 0, stream.received)
  stream.buffer = grown
}

function broken(evidence: string): StudioError {
  return new StudioError('protocol-error', `chunk stream: ${evidence}`)
}
