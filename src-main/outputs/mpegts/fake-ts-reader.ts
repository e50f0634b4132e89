import { TS_PACKET_BYTES } from './ts-packets.ts'
import { AUDIO_PID, VIDEO_PID } from './ts-tables.ts'

/** Counts what a transport stream brings, for tests: one entry per picture and per frame of sound, when it begins. */
export class TsReader {
  readonly media: ('key' | 'video' | 'audio')[] = []
  /** Packets whose counter does not follow the one before, per stream. */
  gaps = 0
  /** Program clock references, in ms. */
  readonly clocksMs: number[] = []
  #rest: Buffer = Buffer.alloc(0)
  readonly #counters = new Map<number, number>()

  push(bytes: Uint8Array): void {
    this.#rest = Buffer.concat([this.#rest, bytes])
    let at = 0
    for (; at + TS_PACKET_BYTES <= this.#rest.length; at += TS_PACKET_BYTES) this.#read(this.#rest.subarray(at, at + TS_PACKET_BYTES))
    this.#rest = this.#rest.subarray(at)
  }

  #read(packet: Buffer): void {
    if (packet[0] !== 0x47) throw new Error('not a transport packet')
    const pid = packet.readUInt16BE(1) & 0x1fff
    if (pid !== VIDEO_PID && pid !== AUDIO_PID) return
    const counter = (packet[3] ?? 0) & 0x0f
    const before = this.#counters.get(pid)
    if (before !== undefined && counter !== ((before + 1) & 0x0f)) this.gaps++
    this.#counters.set(pid, counter)
    const flags = (packet[3] ?? 0) & 0x20 && (packet[4] ?? 0) > 0 ? (packet[5] ?? 0) : 0
    if (flags & 0x10) this.clocksMs.push((packet.readUInt32BE(6) * 2 + ((packet[10] ?? 0) >> 7)) / 90)
    if (((packet[1] ?? 0) & 0x40) === 0) return
    this.media.push(pid === AUDIO_PID ? 'audio' : flags & 0x40 ? 'key' : 'video')
  }
}
