/**
 * IVF, the container in which FFmpeg takes bare VP8 frames from a pipe: a 32-byte file header, then 12 bytes before
 * each frame (size, presentation time). Little-endian. Time base here: 1 µs.
 */
export function ivfFileHeader(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(32)
  header.write('DKIF', 0, 'latin1')
  header.writeUInt16LE(0, 4) // version
  header.writeUInt16LE(32, 6) // header size
  header.write('VP80', 8, 'latin1')
  header.writeUInt16LE(width, 12)
  header.writeUInt16LE(height, 14)
  header.writeUInt32LE(1_000_000, 16) // time base denominator
  header.writeUInt32LE(1, 20) // time base numerator
  return header
}

export function ivfFrameHeader(sizeBytes: number, timestampUs: number): Uint8Array {
  const header = Buffer.alloc(12)
  header.writeUInt32LE(sizeBytes, 0)
  header.writeBigUInt64LE(BigInt(Math.round(timestampUs)), 4)
  return header
}
