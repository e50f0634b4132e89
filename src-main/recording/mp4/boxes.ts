/** Boxes of the ISO base media file format (ISO/IEC 14496-12 §4.2). */
export function box(type: string, ...content: readonly Uint8Array[]): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(content.reduce((sum, part) => sum + part.byteLength, 8))
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, ...content])
}

/** A box that begins with a version and flags. */
export const fullBox = (type: string, version: number, flags: number, ...content: readonly Uint8Array[]): Buffer => box(type, u32((version << 24) | flags), ...content)

export const u8 = (...values: readonly number[]): Buffer => Buffer.from(values)

export function u16(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 2)
  values.forEach((value, n) => bytes.writeUInt16BE(value & 0xffff, n * 2))
  return bytes
}

export function u32(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 4)
  values.forEach((value, n) => bytes.writeUInt32BE(value >>> 0, n * 4))
  return bytes
}

export function u64(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(values.length * 8)
  values.forEach((value, n) => bytes.writeBigUInt64BE(BigInt(value), n * 8))
  return bytes
}

export interface BoxAt {
  type: string
  /** Of the whole box. */
  at: number
  bytes: number
  /** Of its header: 8, or 16 when its size takes 64 bits. */
  headBytes: number
}

/** The box whose header `head` (16 bytes, fewer at the end of the file) begins with; null when it is none. */
export function readBoxHead(head: Buffer, at: number): BoxAt | null {
  if (head.length < 8) return null
  const size = head.readUInt32BE(0)
  const type = head.toString('latin1', 4, 8)
  const headBytes = size === 1 ? 16 : 8
  if (head.length < headBytes) return null
  const bytes = size === 1 ? Number(head.readBigUInt64BE(8)) : size
  return bytes >= headBytes && Number.isSafeInteger(bytes) ? { type, at, bytes, headBytes } : null
}

export interface ChildBox {
  type: string
  /** Without the header. */
  content: Buffer
  whole: Buffer
}

/** The boxes inside `content`. One that leads out of it ends the list. */
export function childBoxes(content: Buffer): ChildBox[] {
  const children: ChildBox[] = []
  for (let at = 0; at < content.length; ) {
    const child = readBoxHead(content.subarray(at, at + 16), at)
    if (!child || at + child.bytes > content.length) break
    children.push({ type: child.type, content: content.subarray(at + child.headBytes, at + child.bytes), whole: content.subarray(at, at + child.bytes) })
    at += child.bytes
  }
  return children
}

/** The content of the first box on this way down, e.g. `mdia/minf/stbl`; null when it is not there. */
export function boxAlong(content: Buffer, path: string): Buffer | null {
  let here: Buffer = content
  for (const type of path.split('/')) {
    const found = childBoxes(here).find((child) => child.type === type)
    if (!found) return null
    here = found.content
  }
  return here
}
