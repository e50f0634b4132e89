import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import type { BusItem } from '../../bus/bus-subscriber.ts'
import { TsMuxer } from '../mpegts/ts-muxer.ts'

export interface CutSegment {
  bytes: Buffer
  durationMs: number
  frames: number
  discontinuity: boolean
  /** Time stamp of its first packet on the program's clock, µs. */
  fromUs: number
}

/** A viewer need not wait a whole long segment for the beginning. */
const FIRST_SECONDS = 2

/** Cuts the program into transport stream segments, each of which begins with a key frame and can be decoded by itself. */
export class SegmentCutter {
  readonly #muxer = new TsMuxer()
  #headers: ProgramHeaders | null = null
  #chunks: Buffer[] = []
  #frames = 0
  #fromUs: number | null = null
  #endUs = 0
  #lastKeyUs: number | null = null
  #discontinuity: boolean
  #cut = 0

  /** `discontinuous`: something else came before in the same playlist. */
  constructor(
    private readonly segmentSeconds: number,
    discontinuous: boolean,
  ) {
    this.#discontinuity = discontinuous
    if (discontinuous) this.#muxer.markDiscontinuity()
  }

  /** Returns the segment that ended with this item, if one did. */
  push(item: BusItem): CutSegment | null {
    if (item.type === 'headers') return this.#newHeaders(item.headers)
    const { packet } = item
    const finished = this.#isCutBefore(packet) ? this.finish(packet.timestampUs) : null
    if (this.#fromUs === null) {
      this.#fromUs = packet.timestampUs
      this.#muxer.beginFile()
    }
    if (packet.kind === 'video') {
      this.#frames++
      if (packet.key) this.#lastKeyUs = packet.timestampUs
    }
    this.#endUs = Math.max(this.#endUs, packet.timestampUs + packet.durationUs)
    this.#chunks.push(this.#muxer.packet(packet))
    return finished
  }

  /** Ends the segment where it is; null when there is none. */
  finish(nextUs = this.#endUs): CutSegment | null {
    if (this.#fromUs === null) return null
    const segment = {
      bytes: Buffer.concat(this.#chunks), durationMs: Math.max(1, (nextUs - this.#fromUs) / 1000), frames: this.#frames, discontinuity: this.#discontinuity, fromUs: this.#fromUs,
    }
    this.#chunks = []
    this.#frames = 0
    this.#fromUs = null
    this.#discontinuity = false
    this.#cut++
    return segment
  }

  #newHeaders(headers: ProgramHeaders): CutSegment | null {
    const changed = this.#headers !== null && headers.epoch !== this.#headers.epoch
    this.#headers = headers
    this.#muxer.headers(headers)
    if (!changed) return null
    const finished = this.finish()
    this.#discontinuity = true
    this.#muxer.markDiscontinuity()
    return finished
  }

  /** At the key frame nearest to the wished length; without a picture at any sound. */
  #isCutBefore(packet: Packet): boolean {
    if (this.#fromUs === null || !packet.key) return false
    const hasPicture = this.#headers?.video != null
    if (hasPicture && packet.kind === 'audio') return false
    const lengthMs = (packet.timestampUs - this.#fromUs) / 1000
    const wishedMs = (this.#cut === 0 ? Math.min(FIRST_SECONDS, this.segmentSeconds) : this.segmentSeconds) * 1000
    const groupMs = hasPicture && this.#lastKeyUs !== null ? (packet.timestampUs - this.#lastKeyUs) / 1000 : 0
    return lengthMs > 0 && lengthMs + groupMs / 2 >= wishedMs
  }
}
