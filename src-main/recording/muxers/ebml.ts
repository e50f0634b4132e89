/** Elements of EBML (RFC 8794), which Matroska (RFC 9559) is made of. Ids are given with their marker bits. */
export function element(id: number, ...content: readonly Uint8Array[]): Buffer {
  const bytes = content.reduce((sum, part) => sum + part.byteLength, 0)
  return Buffer.concat([idBytes(id), sizeBytes(bytes), ...content])
}

/** An unsigned number in as few bytes as it takes, or in `width`. */
export function unsigned(id: number, value: number, width = byteLength(value)): Buffer {
  const bytes = Buffer.alloc(width)
  for (let at = width - 1, left = value; at >= 0; at--, left = Math.floor(left / 256)) bytes[at] = left % 256
  return element(id, bytes)
}

export function float(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return element(id, bytes)
}

export const text = (id: number, value: string): Buffer => element(id, Buffer.from(value, 'utf8'))

/** A moment, as nanoseconds since 2001 (RFC 8794 §7.6). */
export function date(id: number, atMs: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64BE(BigInt(Math.round(atMs - Date.UTC(2001, 0, 1))) * 1_000_000n)
  return element(id, bytes)
}

/** Bytes that mean nothing, `bytes` in all (at least 2). */
export function filler(bytes: number): Buffer {
  const head = bytes < 129 ? Buffer.of(VOID, 0x80 | (bytes - 2)) : Buffer.of(VOID, 0x40 | ((bytes - 3) >> 8), (bytes - 3) & 0xff)
  return Buffer.concat([head, Buffer.alloc(bytes - head.length)])
}
const VOID = 0xec

/** Size of an element that goes on to the end of the file, in 8 bytes. */
export const UNKNOWN_SIZE = Buffer.of(0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)

/** The same 8 bytes once the size is known. */
export function wideSize(bytes: number): Buffer {
  const size = Buffer.alloc(8)
  size.writeBigUInt64BE(BigInt(bytes) | (1n << 56n))
  return size
}

export function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(byteLength(id))
  bytes.writeUIntBE(id, 0, bytes.length)
  return bytes
}

/** Sizes of 1 to 6 bytes, whose first bits say how many. All ones is reserved. */
export function sizeBytes(size: number): Buffer {
  let width = 1
  while (size >= 2 ** (7 * width) - 1) width++
  const bytes = Buffer.alloc(width)
  bytes.writeUIntBE(size, 0, width)
  bytes[0] = (bytes[0] ?? 0) | (0x80 >> (width - 1))
  return bytes
}

export interface ElementHead {
  id: number
  /** Of its content; null = unknown, which is up to the end of the file. */
  bytes: number | null
  headBytes: number
}

/** The id and size that `bytes` begin with; null when they are none. */
export function readElementHead(bytes: Buffer): ElementHead | null {
  const idWidth = widthOf(bytes[0])
  const sizeWidth = widthOf(bytes[idWidth])
  if (idWidth > 4 || sizeWidth > 8 || bytes.length < idWidth + sizeWidth) return null
  const whole = bytes.subarray(idWidth, idWidth + sizeWidth)
  let size = (whole[0] ?? 0) & (0xff >> sizeWidth)
  let unknown = size === 0xff >> sizeWidth
  for (const byte of whole.subarray(1)) {
    size = size * 256 + byte
    unknown &&= byte === 0xff
  }
  return { id: bytes.readUIntBE(0, idWidth), bytes: unknown ? null : size, headBytes: idWidth + sizeWidth }
}

/** How many bytes a number takes that begins with this one; 9 = none does. */
const widthOf = (first = 0): number => (first === 0 ? 9 : Math.clz32(first) - 23)

function byteLength(value: number): number {
  let length = 1
  while (value >= 2 ** (8 * length)) length++
  return length
}
