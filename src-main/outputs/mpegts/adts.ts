/** The header in front of each AAC frame in a stream (ISO/IEC 13818-7 §6.2). */

const HEADER_BYTES = 7

/** From an AudioSpecificConfig (ISO/IEC 14496-3 §1.6.2.1). AAC-LC is all that the program has; other object types do not fit in here. */
export function adtsHeader(asc: Uint8Array, frameBytes: number): Uint8Array {
  const objectType = (asc[0] ?? 0x10) >> 3
  const rateIndex = (((asc[0] ?? 0) & 7) << 1) | ((asc[1] ?? 0x90) >> 7)
  const channels = ((asc[1] ?? 0x90) >> 3) & 0x0f
  const length = HEADER_BYTES + frameBytes
  const profile = Math.min(Math.max(objectType, 1), 4) - 1
  return Uint8Array.of(
    0xff,
    0xf1, // MPEG-4, no CRC
    (profile << 6) | (rateIndex << 2) | (channels >> 2),
    ((channels & 3) << 6) | (length >> 11),
    (length >> 3) & 0xff,
    ((length & 7) << 5) | 0x1f,
    0xfc,
  )
}
