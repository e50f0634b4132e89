import { EcmaArray, encodeAmf0 } from '../../outputs/rtmp/amf0.ts'
import { AUDIO_SEQUENCE_HEADER, metaData, packetPrefix, VIDEO_SEQUENCE_HEADER } from '../../outputs/rtmp/flv-tags.ts'
import type { FileMuxer, MuxOptions, MuxPacket, Patch } from './file-muxer.ts'

const AUDIO_TAG = 8
const VIDEO_TAG = 9
const SCRIPT_TAG = 18
const HEADER_BYTES = 9
/** Of a tag, before its body. */
const TAG_BYTES = 11

/** Flash video (Adobe Flash Video File Format 10.1, annex E): the tags of a push, one behind the other in a file. */
export class FlvMuxer implements FileMuxer {
  readonly #options: MuxOptions
  /** Where in the file the value of a name in the metadata stands. */
  #places = { duration: 0, filesize: 0 }
  #bytes = 0
  #lastMs = 0
  #lastDurationMs = 0

  constructor(options: MuxOptions) {
    this.#options = options
  }

  begin(): Uint8Array[] {
    const { video, audio } = this.#options.tracks
    const header = Buffer.of(0x46, 0x4c, 0x56, 1, (audio ? 4 : 0) | (video ? 1 : 0), 0, 0, 0, HEADER_BYTES, 0, 0, 0, 0)
    const script = this.#metaData()
    const bodyAt = header.byteLength + TAG_BYTES
    this.#places = { duration: bodyAt + valueAt(script, 'duration'), filesize: bodyAt + valueAt(script, 'filesize') }
    const parts: Uint8Array[] = [header, ...tag(SCRIPT_TAG, 0, [script])]
    if (video) parts.push(...tag(VIDEO_TAG, 0, [VIDEO_SEQUENCE_HEADER, video.avcC]))
    if (audio) parts.push(...tag(AUDIO_TAG, 0, [AUDIO_SEQUENCE_HEADER, audio.asc]))
    return this.#count(parts)
  }

  /** One sound is all that it has room for. */
  add(packet: MuxPacket): Uint8Array[] {
    if (packet.sound) return []
    const atMs = Math.round(packet.timeUs / 1000)
    this.#lastMs = Math.max(this.#lastMs, atMs)
    this.#lastDurationMs = packet.durationUs / 1000
    return this.#count(tag(packet.kind === 'video' ? VIDEO_TAG : AUDIO_TAG, atMs, [packetPrefix(packet), packet.data]))
  }

  flush(): Uint8Array[] {
    return []
  }

  end(): { tail: Uint8Array[]; patches: Patch[] } {
    const { duration, filesize } = this.#places
    return { tail: [], patches: [{ at: duration, bytes: number((this.#lastMs + this.#lastDurationMs) / 1000) }, { at: filesize, bytes: number(this.#bytes) }] }
  }

  #metaData(): Buffer {
    const { tracks, startedAtMs } = this.#options
    // A push says first that the metadata is to be kept; a file just has it.
    const [, name, fields] = metaData({ epoch: 0, ...tracks }, 'Castwright')
    const known = fields instanceof EcmaArray ? fields.entries : {}
    return encodeAmf0([name, new EcmaArray({ ...known, filesize: 0, creationdate: new Date(startedAtMs).toISOString() })])
  }

  #count(parts: Uint8Array[]): Uint8Array[] {
    for (const part of parts) this.#bytes += part.byteLength
    return parts
  }
}

function tag(type: number, atMs: number, body: readonly Uint8Array[]): Uint8Array[] {
  const bodyBytes = body.reduce((sum, part) => sum + part.byteLength, 0)
  const head = Buffer.alloc(TAG_BYTES)
  head[0] = type
  head.writeUIntBE(bodyBytes, 1, 3)
  head.writeUIntBE(atMs & 0xffffff, 4, 3)
  head[7] = (atMs >>> 24) & 0xff
  const previous = Buffer.alloc(4)
  previous.writeUInt32BE(TAG_BYTES + bodyBytes)
  return [head, ...body, previous]
}

/** Where the number behind `name` stands in an AMF0 object: behind the name and the marker of numbers. */
const valueAt = (script: Buffer, name: string): number => script.indexOf(name) + name.length + 1

function number(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return bytes
}
