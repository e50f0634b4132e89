const PACKET_BYTES = 188
const SYNC = 0x47
/** Presentation times count at 90 kHz in 33 bits (ISO 13818-1 §2.4.3.7). */
const TICKS_PER_MS = 90
const WRAP = 2 ** 33

/** How long an MPEG transport stream is by its first and last presentation times; null when it has none. */
export function tsLengthMs(head: Buffer, tail: Buffer): number | null {
  const first = times(head)
  const last = times(tail)
  if (first.length === 0 || last.length === 0) return null
  const [from, to] = [Math.min(...first.slice(0, 8)), Math.max(...last.slice(-64))]
  return Math.round((to >= from ? to - from : to - from + WRAP) / TICKS_PER_MS)
}

/**
 * Where the last unit that begins in the end of a transport stream begins: everything before it is whole, which the stream
 * itself does not say of the last one. In bytes from the beginning of `tail`; null when none begins there.
 */
export function wholeTsBytes(tail: Buffer): number | null {
  let last: number | null = null
  for (let at = firstPacket(tail); at + PACKET_BYTES <= tail.length; at += PACKET_BYTES) {
    if (tail[at] !== SYNC) break
    if (timeOf(tail.subarray(at, at + PACKET_BYTES)) !== null) last = at
  }
  return last
}

/** Every presentation time in these bytes, which may begin and end anywhere. */
function times(bytes: Buffer): number[] {
  const found: number[] = []
  for (let at = firstPacket(bytes); at + PACKET_BYTES <= bytes.length; at += PACKET_BYTES) {
    if (bytes[at] !== SYNC) break
    const time = timeOf(bytes.subarray(at, at + PACKET_BYTES))
    if (time !== null) found.push(time)
  }
  return found
}

/** Where packets begin: a sync byte with another one a packet later. */
function firstPacket(bytes: Buffer): number {
  let at = 0
  while (at + PACKET_BYTES <= bytes.length && !(bytes[at] === SYNC && (at + PACKET_BYTES >= bytes.length || bytes[at + PACKET_BYTES] === SYNC))) at++
  return at
}

function timeOf(packet: Buffer): number | null {
  const startsUnit = ((packet[1] ?? 0) & 0x40) !== 0
  const control = ((packet[3] ?? 0) >> 4) & 3
  if (!startsUnit || (control & 1) === 0) return null
  const at = control === 3 ? 5 + (packet[4] ?? 0) : 4
  // A packetised stream begins with 00 00 01; its flags say whether a presentation time follows.
  if (at + 14 > PACKET_BYTES || packet.readUIntBE(at, 3) !== 1 || ((packet[at + 7] ?? 0) & 0x80) === 0) return null
  const p = packet.subarray(at + 9, at + 14)
  return (((p[0] ?? 0) >> 1) & 7) * 2 ** 30 + (p.readUInt16BE(1) >> 1) * 2 ** 15 + (p.readUInt16BE(3) >> 1)
}
