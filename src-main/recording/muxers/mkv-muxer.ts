import { element, filler, idBytes, UNKNOWN_SIZE, unsigned } from './ebml.ts'
import { type Chapter, type FileMuxer, GATHER_US, type MuxOptions, type MuxPacket, type Patch } from './file-muxer.ts'
import { AUDIO_TRACK, durationPlace, ebmlHeader, infoElement, MKV, trackElements, VIDEO_TRACK } from './mkv-elements.ts'
import { MkvIndex, SEEK_HEAD_BYTES } from './mkv-index.ts'

/** Without a picture there is a place to begin this often, µs. */
const SOUND_CUES_EVERY_US = 5_000_000
const SIMPLE_BLOCK_KEY = 0x80

/**
 * Matroska (RFC 9559): clusters of at most half a second, each of known size. While it runs the segment's own size is
 * unknown, which players read to its end; duration, chapters, places to begin and the index are added when it ends.
 */
export class MkvMuxer implements FileMuxer {
  readonly #options: MuxOptions
  #bytes = 0
  #index: MkvIndex | null = null
  #cueAtUs = Number.NEGATIVE_INFINITY
  #blocks: Buffer[] = []
  #clusterAtMs = 0
  #clusterBegins = false
  #lastEndMs = 0

  constructor(options: MuxOptions) {
    this.#options = options
  }

  begin(): Uint8Array[] {
    const header = ebmlHeader()
    const segment = idBytes(MKV.Segment)
    const segmentSizeAt = header.length + segment.length
    const infoAt = segmentSizeAt + UNKNOWN_SIZE.length + SEEK_HEAD_BYTES
    const info = infoElement(this.#options.startedAtMs)
    const durationAt = infoAt + info.indexOf(durationPlace())
    this.#index = new MkvIndex({ segmentSizeAt, infoAt, durationAt, tracksAt: infoAt + info.length, hasPicture: this.#options.tracks.video !== null })
    return this.#count([header, segment, UNKNOWN_SIZE, filler(SEEK_HEAD_BYTES), info, element(MKV.Tracks, ...trackElements(this.#options.tracks))])
  }

  add(packet: MuxPacket): Uint8Array[] {
    const { tracks } = this.#options
    if (packet.sound && !tracks.moreAudio?.[packet.sound - 1]) return []
    const atMs = Math.round(packet.timeUs / 1000)
    const isCue = packet.kind === 'video' ? packet.key : !packet.sound && !tracks.video && packet.timeUs - this.#cueAtUs >= SOUND_CUES_EVERY_US
    const full = atMs - this.#clusterAtMs >= GATHER_US / 1000
    const written = isCue || full ? this.flush() : []
    if (this.#blocks.length === 0) {
      this.#clusterAtMs = atMs
      this.#clusterBegins = isCue
      if (isCue) this.#cueAtUs = packet.timeUs
    }
    this.#blocks.push(block(packet, atMs - this.#clusterAtMs))
    this.#lastEndMs = Math.max(this.#lastEndMs, atMs + packet.durationUs / 1000)
    return written
  }

  flush(): Uint8Array[] {
    if (this.#blocks.length === 0) return []
    if (this.#clusterBegins) this.#index?.addCue(this.#bytes, this.#clusterAtMs)
    const cluster = element(MKV.Cluster, unsigned(MKV.Timestamp, this.#clusterAtMs), ...this.#blocks)
    this.#blocks = []
    return this.#count([cluster])
  }

  end(chapters: readonly Chapter[]): { tail: Uint8Array[]; patches: Patch[] } {
    const last = this.flush()
    const { tail = [], patches = [] } = this.#index?.end(this.#bytes, this.#lastEndMs, chapters) ?? {}
    return { tail: [...last, ...tail], patches }
  }

  #count(parts: Uint8Array[]): Uint8Array[] {
    for (const part of parts) this.#bytes += part.byteLength
    return parts
  }
}

/** Sound may be a little older than the cluster's beginning, which the signed 16 bits allow. */
function block({ kind, sound = 0, key, data }: MuxPacket, offsetMs: number): Buffer {
  const head = Buffer.of(0x80 | (kind === 'video' ? VIDEO_TRACK : AUDIO_TRACK + sound), 0, 0, key ? SIMPLE_BLOCK_KEY : 0)
  head.writeInt16BE(Math.max(-32_768, Math.min(32_767, offsetMs)), 1)
  return element(MKV.SimpleBlock, head, data)
}
