/** Cuts sections and elementary stream packets into transport packets of 188 bytes (ISO/IEC 13818-1 §2.4.3). */

export const TS_PACKET_BYTES = 188
const PAYLOAD_BYTES = 184
/** Adaptation field with a clock: length, flags, 6 bytes of clock. */
const CLOCK_FIELD_BYTES = 8
const NULL_PID = 0x1fff

export interface AccessMark {
  /** A decoder may begin here. */
  randomAccess: boolean
  /** Program clock, in units of 1/90,000 s; null = none with this packet. */
  clock90k: number | null
  /** The clock or the stream does not continue what came before. */
  discontinuity: boolean
}

/** Counts per PID; one of them per stream. */
export class TsPacketizer {
  readonly #counters = new Map<number, number>()

  /** A table, small enough for one packet. */
  section(pid: number, bytes: Uint8Array): Buffer {
    const packet = Buffer.alloc(TS_PACKET_BYTES, 0xff)
    this.#header(packet, 0, pid, true, false)
    packet[4] = 0 // pointer: the section begins at once
    packet.set(bytes, 5)
    return packet
  }

  /** One elementary stream packet over as many transport packets as it takes; the first carries `mark`. */
  packets(pid: number, pes: Uint8Array, mark: AccessMark): Buffer {
    const firstField = mark.clock90k !== null ? CLOCK_FIELD_BYTES : mark.randomAccess || mark.discontinuity ? 2 : 0
    const count = Math.max(1, Math.ceil((pes.length + firstField) / PAYLOAD_BYTES))
    const bytes = Buffer.alloc(count * TS_PACKET_BYTES, 0xff)
    let read = 0
    for (let index = 0; index < count; index++) {
      const at = index * TS_PACKET_BYTES
      const needed = index === 0 ? firstField : 0
      const payload = Math.min(PAYLOAD_BYTES - needed, pes.length - read)
      const field = PAYLOAD_BYTES - payload
      this.#header(bytes, at, pid, index === 0, field > 0)
      if (field > 0) writeField(bytes, at + 4, field, index === 0 ? mark : null)
      bytes.set(pes.subarray(read, read + payload), at + 4 + field)
      read += payload
    }
    return bytes
  }

  #header(bytes: Buffer, at: number, pid: number, begins: boolean, hasField: boolean): void {
    const counter = this.#counters.get(pid) ?? 0
    this.#counters.set(pid, (counter + 1) & 0x0f)
    bytes[at] = 0x47
    bytes.writeUInt16BE((begins ? 0x4000 : 0) | pid, at + 1)
    bytes[at + 3] = (hasField ? 0x30 : 0x10) | counter
  }
}

/** `count` packets that mean nothing, to fill a datagram. */
export function nullPackets(count: number): Buffer {
  const bytes = Buffer.alloc(count * TS_PACKET_BYTES, 0xff)
  for (let at = 0; at < bytes.length; at += TS_PACKET_BYTES) {
    bytes[at] = 0x47
    bytes.writeUInt16BE(NULL_PID, at + 1)
    bytes[at + 3] = 0x10
  }
  return bytes
}

function writeField(bytes: Buffer, at: number, sizeBytes: number, mark: AccessMark | null): void {
  bytes[at] = sizeBytes - 1
  if (sizeBytes === 1) return
  bytes[at + 1] = (mark?.discontinuity ? 0x80 : 0) | (mark?.randomAccess ? 0x40 : 0)
  const clock = mark?.clock90k ?? null
  if (clock === null) return
  bytes[at + 1] = (bytes[at + 1] ?? 0) | 0x10
  // 33 bits in units of 1/90,000 s, 6 reserved ones, 9 bits of 1/27,000,000 s, which stay 0.
  bytes.writeUInt32BE(Math.floor(clock / 2) >>> 0, at + 2)
  bytes.writeUInt16BE(((clock % 2) << 15) | 0x7e00, at + 6)
}
