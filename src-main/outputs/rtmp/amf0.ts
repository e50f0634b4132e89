import { StudioError } from '@shared/domain/errors.ts'

/**
 * AMF0 ("Action Message Format 0", Adobe, 2007): how RTMP writes commands and metadata.
 * Reading is strict about sizes, because what is read comes from a stranger.
 */
export type AmfValue = number | string | boolean | null | undefined | AmfObject | AmfValue[] | EcmaArray
export interface AmfObject {
  [name: string]: AmfValue
}

/** An object that goes out under the marker for associative arrays, which is what servers expect of `onMetaData`. */
export class EcmaArray {
  constructor(readonly entries: AmfObject) {}
}

const NUMBER = 0x00
const BOOLEAN = 0x01
const STRING = 0x02
const OBJECT = 0x03
const NULL = 0x05
const UNDEFINED = 0x06
const ECMA_ARRAY = 0x08
const OBJECT_END = 0x09
const STRICT_ARRAY = 0x0a
const DATE = 0x0b
const LONG_STRING = 0x0c

/** Far above what any server sends (a few hundred bytes, depth 3), far below what could hurt. */
const MAX_DEPTH = 16
const MAX_STRING_BYTES = 65_535
const MAX_VALUES = 4096

/** Writes the values one after the other. Throws RangeError on a string over 65,535 bytes of UTF-8 inside a name. */
export function encodeAmf0(values: readonly AmfValue[]): Buffer {
  const parts: Buffer[] = []
  for (const value of values) writeValue(parts, value)
  return Buffer.concat(parts)
}

function writeValue(parts: Buffer[], value: AmfValue): void {
  if (value === null) parts.push(Buffer.of(NULL))
  else if (value === undefined) parts.push(Buffer.of(UNDEFINED))
  else if (typeof value === 'boolean') parts.push(Buffer.of(BOOLEAN, value ? 1 : 0))
  else if (typeof value === 'number') {
    const bytes = Buffer.alloc(9)
    bytes.writeDoubleBE(value, 1)
    parts.push(bytes)
  } else if (typeof value === 'string') writeString(parts, value)
  else if (value instanceof EcmaArray) {
    const head = Buffer.of(ECMA_ARRAY, 0, 0, 0, 0)
    head.writeUInt32BE(Object.keys(value.entries).length, 1)
    parts.push(head)
    writeEntries(parts, value.entries)
  } else if (Array.isArray(value)) {
    const head = Buffer.of(STRICT_ARRAY, 0, 0, 0, 0)
    head.writeUInt32BE(value.length, 1)
    parts.push(head)
    for (const item of value) writeValue(parts, item)
  } else {
    parts.push(Buffer.of(OBJECT))
    writeEntries(parts, value)
  }
}

function writeString(parts: Buffer[], text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  const long = bytes.length > MAX_STRING_BYTES
  const head = Buffer.alloc(long ? 5 : 3)
  head[0] = long ? LONG_STRING : STRING
  if (long) head.writeUInt32BE(bytes.length, 1)
  else head.writeUInt16BE(bytes.length, 1)
  parts.push(head, bytes)
}

function writeEntries(parts: Buffer[], entries: AmfObject): void {
  for (const [name, value] of Object.entries(entries)) {
    const bytes = Buffer.from(name, 'utf8')
    const head = Buffer.alloc(2)
    head.writeUInt16BE(bytes.length)
    parts.push(head, bytes)
    writeValue(parts, value)
  }
  parts.push(Buffer.of(0, 0, OBJECT_END))
}

/** Reads every value in `bytes`. Throws StudioError `protocol-error` on anything that is not well formed or is too large. */
export function decodeAmf0(bytes: Uint8Array): AmfValue[] {
  const reader = new Reader(bytes)
  const values: AmfValue[] = []
  while (!reader.atEnd) values.push(reader.value(0))
  return values
}

/** The object behind a value that may be one, or null. */
export function asObject(value: AmfValue): AmfObject | null {
  if (value instanceof EcmaArray) return value.entries
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null
}

class Reader {
  readonly #bytes: Buffer
  #at = 0
  #values = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length
  }

  value(depth: number): AmfValue {
    if (depth > MAX_DEPTH) throw malformed('nested too deeply')
    if (++this.#values > MAX_VALUES) throw malformed('too many values')
    const marker = this.#take(1)[0]
    switch (marker) {
      case NUMBER:
        return this.#take(8).readDoubleBE()
      case BOOLEAN:
        return this.#take(1)[0] !== 0
      case STRING:
        return this.#text(this.#take(2).readUInt16BE())
      case LONG_STRING:
        return this.#text(this.#take(4).readUInt32BE())
      case NULL:
        return null
      case UNDEFINED:
        return undefined
      case OBJECT:
        return this.#entries(depth)
      case ECMA_ARRAY:
        // The count is only a hint (AMF0 §2.10); the end marker decides.
        this.#take(4)
        return new EcmaArray(this.#entries(depth))
      case STRICT_ARRAY: {
        const length = this.#take(4).readUInt32BE()
        if (length > MAX_VALUES) throw malformed('array too long')
        return Array.from({ length }, () => this.value(depth + 1))
      }
      case DATE: {
        const atMs = this.#take(8).readDoubleBE()
        this.#take(2)
        return atMs
      }
      default:
        throw malformed(`unknown marker ${marker}`)
    }
  }

  #entries(depth: number): AmfObject {
    // Without a prototype, so that a name such as `__proto__` is only a name.
    const entries: AmfObject = Object.create(null) as AmfObject
    for (;;) {
      const nameLength = this.#take(2).readUInt16BE()
      if (nameLength === 0 && this.#bytes[this.#at] === OBJECT_END) {
        this.#at++
        return entries
      }
      const name = this.#text(nameLength)
      entries[name] = this.value(depth + 1)
    }
  }

  #text(length: number): string {
    if (length > MAX_STRING_BYTES) throw malformed('string too long')
    return this.#take(length).toString('utf8')
  }

  #take(count: number): Buffer {
    if (this.#at + count > this.#bytes.length) throw malformed('cut short')
    this.#at += count
    return this.#bytes.subarray(this.#at - count, this.#at)
  }
}

function malformed(evidence: string): StudioError {
  return new StudioError('protocol-error', `AMF0: ${evidence}`)
}
