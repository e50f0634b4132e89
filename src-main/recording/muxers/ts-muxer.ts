import { type AudioConfig, adtsHeader, readAudioConfig } from './aac.ts'
import type { FileMuxer, MuxOptions, MuxPacket } from './file-muxer.ts'
import { type ParameterSets, readAvcC, toAnnexB } from './h264.ts'
import { TsPacketWriter } from './ts-packets.ts'

const PAT_PID = 0
const PMT_PID = 0x1000
const VIDEO_PID = 0x100
const AUDIO_PID = 0x101
/** ISO/IEC 13818-1 table 2-34. */
const AVC_STREAM = 0x1b
const ADTS_STREAM = 0x0f
const VIDEO_STREAM_ID = 0xe0
const AUDIO_STREAM_ID = 0xc0
/** Tables come again with every key frame, and at least this often (§2.4.4 asks for nothing; receivers expect 0.5 s). */
const TABLES_EVERY_US = 500_000
/** The clock runs this far behind what is shown with it, so that a decoder has time: 100 ms. */
const CLOCK_LEAD = 9000
/** Times begin here and not at 0, so that the clock is never negative: 1 s. */
const BEGIN = 90_000

/** MPEG transport stream (ISO/IEC 13818-1) with H.264 and AAC: plays from any key frame on, wherever it is cut. */
export class TsMuxer implements FileMuxer {
  readonly #packets = new TsPacketWriter()
  readonly #sets: ParameterSets | null
  readonly #sound: AudioConfig | null
  #tablesAtUs = Number.NEGATIVE_INFINITY

  constructor({ tracks }: MuxOptions) {
    this.#sets = tracks.video && readAvcC(tracks.video.avcC)
    this.#sound = tracks.audio && readAudioConfig(tracks.audio)
  }

  begin(): Uint8Array[] {
    return []
  }

  /** The next packet begins with the tables: for the first of a segment. */
  beginSegment(): void {
    this.#tablesAtUs = Number.NEGATIVE_INFINITY
  }

  add(packet: MuxPacket): Uint8Array[] {
    const parts: Uint8Array[] = []
    const isKeyFrame = packet.kind === 'video' && packet.key
    if (isKeyFrame || packet.timeUs - this.#tablesAtUs >= TABLES_EVERY_US) {
      this.#tablesAtUs = packet.timeUs
      parts.push(...this.#tables())
    }
    const presentAt = Math.round((packet.timeUs * 9) / 100) + BEGIN
    if (packet.kind === 'video' && this.#sets) {
      const payload = toAnnexB(packet.data, packet.key, this.#sets)
      parts.push(this.#packets.frame(VIDEO_PID, { streamId: VIDEO_STREAM_ID, payload, presentAt, key: packet.key, clock: presentAt - CLOCK_LEAD }))
    } else if (packet.kind === 'audio' && this.#sound) {
      const payload = Buffer.concat([adtsHeader(this.#sound, packet.data.byteLength), packet.data])
      // Without a picture the sound carries the clock.
      const clock = this.#sets ? null : presentAt - CLOCK_LEAD
      parts.push(this.#packets.frame(AUDIO_PID, { streamId: AUDIO_STREAM_ID, payload, presentAt, key: !this.#sets, clock }))
    }
    return parts
  }

  flush(): Uint8Array[] {
    return []
  }

  end(): { tail: Uint8Array[]; patches: [] } {
    return { tail: [], patches: [] }
  }

  #tables(): Buffer[] {
    // Table id, length (filled in later), stream or program number 1, version 0 that counts now, section 0 of 0.
    const pat = Buffer.of(0x00, 0, 0, 0, 1, 0xc1, 0, 0, 0, 1, 0xe0 | (PMT_PID >> 8), PMT_PID & 0xff)
    const streams = [...(this.#sets ? [[AVC_STREAM, VIDEO_PID]] : []), ...(this.#sound ? [[ADTS_STREAM, AUDIO_PID]] : [])]
    const clockPid = this.#sets ? VIDEO_PID : AUDIO_PID
    const pmt = Buffer.of(
      0x02, 0, 0, 0, 1, 0xc1, 0, 0, 0xe0 | (clockPid >> 8), clockPid & 0xff, 0xf0, 0,
      ...streams.flatMap(([type = 0, pid = 0]) => [type, 0xe0 | (pid >> 8), pid & 0xff, 0xf0, 0]),
    )
    return [this.#packets.table(PAT_PID, pat), this.#packets.table(PMT_PID, pmt)]
  }
}
