/** MPEG transport stream packets (ISO/IEC 13818-1). Times are in 90 kHz ticks. */
export const TS_PACKET_BYTES = 188
const PAYLOAD_BYTES = 184
const CLOCK_MODULUS = 2 ** 33

/** Writes packets one behind the other and keeps each stream's continuity counter. */
export class TsPacketWriter {
  readonly #counters = new Map<number, number>()

  /** A table (PAT, PMT), with its CRC, in one packet. `section` begins with its table id and has its length filled in here. */
  table(pid: number, section: Buffer): Buffer {
    section.writeUInt16BE(0xb000 | (section.length - 3 + 4), 1)
    const packet = Buffer.alloc(TS_PACKET_BYTES, 0xff)
    this.#head(packet, pid, true, false)
    packet[4] = 0
    section.copy(packet, 5)
    packet.writeUInt32BE(crc32Mpeg(section), 5 + section.length)
    return packet
  }

  /** One frame as a packetised elementary stream packet, spread over as many packets as it takes. */
  frame(pid: number, frame: TsFrame): Buffer {
    const pes = pesHeader(frame)
    const firstField = frame.clock === null && !frame.key ? 0 : frame.clock === null ? 2 : 8
    const total = pes.length + frame.payload.length
    const packets = 1 + Math.ceil(Math.max(0, total - (PAYLOAD_BYTES - firstField)) / PAYLOAD_BYTES)
    const out = Buffer.alloc(packets * TS_PACKET_BYTES)
    let done = 0
    for (let n = 0; n < packets; n++) {
      const packet = out.subarray(n * TS_PACKET_BYTES, (n + 1) * TS_PACKET_BYTES)
      const room = PAYLOAD_BYTES - (n === 0 ? firstField : 0)
      const bytes = Math.min(room, total - done)
      const field = PAYLOAD_BYTES - bytes
      this.#head(packet, pid, n === 0, field > 0)
      if (field > 0) adaptation(packet.subarray(4, 4 + field), n === 0 ? frame : null)
      copyAcross(packet, 4 + field, pes, frame.payload, done, bytes)
      done += bytes
    }
    return out
  }

  #head(packet: Buffer, pid: number, begins: boolean, hasField: boolean): void {
    const counter = this.#counters.get(pid) ?? 0
    this.#counters.set(pid, (counter + 1) & 15)
    packet[0] = 0x47
    packet.writeUInt16BE((begins ? 0x4000 : 0) | pid, 1)
    packet[3] = (hasField ? 0x30 : 0x10) | counter
  }
}

export interface TsFrame {
  streamId: number
  payload: Buffer
  presentAt: number
  /** Can be begun with. */
  key: boolean
  /** The program clock at this packet; null = not told here. */
  clock: number | null
}

/** §2.4.3.6. Only presentation time: without B-frames decoding happens in the same order. */
function pesHeader({ streamId, payload, presentAt }: TsFrame): Buffer {
  const header = Buffer.alloc(14)
  header.writeUInt32BE(0x00000100 | streamId, 0)
  // A picture may be longer than the field can say; then it says nothing.
  const length = payload.length + 8
  header.writeUInt16BE(length > 0xffff ? 0 : length, 4)
  header[6] = 0x84
  header[7] = 0x80
  header[8] = 5
  const ticks = ((presentAt % CLOCK_MODULUS) + CLOCK_MODULUS) % CLOCK_MODULUS
  header[9] = 0x21 | (Math.floor(ticks / 2 ** 30) << 1)
  header.writeUInt16BE(((Math.floor(ticks / 2 ** 15) & 0x7fff) << 1) | 1, 10)
  header.writeUInt16BE(((ticks % 2 ** 15) << 1) | 1, 12)
  return header
}

/** §2.4.3.4: where one may begin, the program clock, and bytes that only fill. */
function adaptation(field: Buffer, frame: TsFrame | null): void {
  field[0] = field.length - 1
  if (field.length === 1) return
  field.fill(0xff, 2)
  field[1] = frame?.key ? 0x40 : 0
  if (frame?.clock == null || field.length < 8) return
  field[1] |= 0x10
  const ticks = ((frame.clock % CLOCK_MODULUS) + CLOCK_MODULUS) % CLOCK_MODULUS
  field.writeUInt32BE(Math.floor(ticks / 2), 2)
  field[6] = ((ticks % 2) << 7) | 0x7e
  field[7] = 0
}

function copyAcross(target: Buffer, at: number, first: Buffer, second: Buffer, from: number, bytes: number): void {
  const ofFirst = Math.max(0, Math.min(bytes, first.length - from))
  if (ofFirst > 0) first.copy(target, at, from, from + ofFirst)
  const start = from + ofFirst - first.length
  if (bytes > ofFirst) second.copy(target, at + ofFirst, start, start + bytes - ofFirst)
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let crc = n << 24
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  return crc >>> 0
})

/** §A: polynomial 0x04C11DB7, begins with all ones, not reflected. */
export function crc32Mpeg(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = ((crc << 8) ^ (CRC_TABLE[((crc >>> 24) ^ byte) & 0xff] ?? 0)) >>> 0
  return crc
}
