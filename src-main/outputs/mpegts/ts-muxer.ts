import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import { adtsHeader } from './adts.ts'
import { type AvcParameters, readAvcC, toAnnexB } from './annex-b.ts'
import { type AccessMark, TsPacketizer } from './ts-packets.ts'
import { AUDIO_PID, clockPid, PAT_PID, PMT_PID, programAssociation, programMap, type TsTracks, VIDEO_PID } from './ts-tables.ts'

/** Stream ids of the first picture and the first sound (ISO/IEC 13818-1 table 2-22). */
const VIDEO_STREAM = 0xe0
const AUDIO_STREAM = 0xc0
/** The clock runs this far behind the picture, so that sound that comes later than its picture is still in time. */
const CLOCK_LAG_90K = 45_000
/** Time stamps begin here, so that the clock begins above zero. */
const BEGIN_90K = 2 * CLOCK_LAG_90K
/** Receivers that come in later wait for these; DVB asks for 100 ms (ETSI TR 101 290). */
const TABLES_EVERY_90K = 9000
const WRAP_90K = 2 ** 33

/**
 * The program as an MPEG transport stream, packet by packet and without delay: each call returns the bytes for what it was
 * given. Written by the project because mediabunny's muxer holds pictures back until the next key frame, names no clock and
 * writes its tables once.
 */
export class TsMuxer {
  readonly #packets = new TsPacketizer()
  #headers: ProgramHeaders | null = null
  #avc: AvcParameters | null = null
  #tracks: TsTracks = { video: false, audio: false }
  #version = -1
  #originUs: number | null = null
  #tablesAt90k = -Infinity
  #discontinuity = false

  /** What follows is to be decoded with these. */
  headers(headers: ProgramHeaders): void {
    const tracks = { video: headers.video !== null, audio: headers.audio !== null }
    if (tracks.video !== this.#tracks.video || tracks.audio !== this.#tracks.audio || this.#version < 0) {
      this.#version++
      this.#tracks = tracks
      this.#tablesAt90k = -Infinity
    }
    this.#headers = headers
    this.#avc = headers.video ? readAvcC(headers.video.avcC) : null
  }

  /** Something was lost before what comes next. */
  markDiscontinuity(): void {
    this.#discontinuity = true
  }

  /** A file of its own begins with the next packet: tables first. */
  beginFile(): void {
    this.#tablesAt90k = -Infinity
  }

  /** Whole transport packets. Empty for what no header describes. */
  packet(packet: Packet): Buffer {
    const payload = this.#payload(packet)
    if (!payload) return Buffer.alloc(0)
    this.#originUs ??= packet.timestampUs
    const at90k = BEGIN_90K + Math.round(((packet.timestampUs - this.#originUs) * 9) / 100)
    const pid = packet.kind === 'video' ? VIDEO_PID : AUDIO_PID
    const carriesClock = pid === clockPid(this.#tracks)
    const mark: AccessMark = {
      randomAccess: packet.key && carriesClock,
      clock90k: carriesClock ? wrap(at90k - CLOCK_LAG_90K) : null,
      discontinuity: carriesClock && this.#discontinuity,
    }
    if (carriesClock) this.#discontinuity = false
    const media = this.#packets.packets(pid, elementary(packet.kind, wrap(at90k), payload), mark)
    return Buffer.concat([this.#tables(at90k, packet.kind === 'video' && packet.key), media])
  }

  #payload(packet: Packet): Uint8Array | null {
    const audio = this.#headers?.audio
    if (packet.kind === 'video') return this.#avc && toAnnexB(packet.data, this.#avc, packet.key)
    return audio ? Buffer.concat([adtsHeader(audio.asc, packet.data.length), packet.data]) : null
  }

  #tables(at90k: number, key: boolean): Buffer {
    if (!key && at90k - this.#tablesAt90k < TABLES_EVERY_90K) return Buffer.alloc(0)
    this.#tablesAt90k = at90k
    return Buffer.concat([this.#packets.section(PAT_PID, programAssociation()), this.#packets.section(PMT_PID, programMap(this.#tracks, this.#version))])
  }
}

const wrap = (ticks: number): number => ((ticks % WRAP_90K) + WRAP_90K) % WRAP_90K

/** One picture or one frame of sound as a packetized elementary stream packet (§2.4.3.6). No B-frames, so one time stamp is enough. */
function elementary(kind: Packet['kind'], at90k: number, payload: Uint8Array): Buffer {
  const head = Buffer.alloc(14)
  head.writeUInt32BE(0x00000100 | (kind === 'video' ? VIDEO_STREAM : AUDIO_STREAM))
  // A picture may be longer than the field can say; 0 means "until the next one begins".
  const length = payload.length + 8
  head.writeUInt16BE(kind === 'audio' && length <= 0xffff ? length : 0, 4)
  head[6] = 0x84 // data aligned with the packet
  head[7] = 0x80 // presentation time stamp only
  head[8] = 5
  const [high, middle, low] = [Math.floor(at90k / 2 ** 30), Math.floor(at90k / 2 ** 15) % 2 ** 15, at90k % 2 ** 15]
  head[9] = 0x21 | (high << 1)
  head.writeUInt16BE((middle << 1) | 1, 10)
  head.writeUInt16BE((low << 1) | 1, 12)
  return Buffer.concat([head, payload])
}
