import type { MediaFacts } from './media-facts.ts'
import { NO_FACTS } from './media-facts.ts'

const AUDIO = 8
const VIDEO = 9
const SCRIPT = 18
const AAC_SAMPLE_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350]

/**
 * What the beginning and the end of an FLV file tell (Adobe FLV 10.1, annex E): codecs and sizes from the first tags, the
 * length from the last whole tag. Null when it is no FLV. A file that was cut off ends with its last whole tag.
 */
export function flvFacts(head: Buffer, tail: Buffer): MediaFacts | null {
  if (head.length < 13 || head.toString('latin1', 0, 3) !== 'FLV') return null
  const facts: MediaFacts = { ...NO_FACTS }
  let firstMs: number | null = null
  for (let at = 13; at + 11 <= head.length; ) {
    const tag = tagAt(head, at)
    if (!tag) break
    const body = head.subarray(at + 11, at + 11 + tag.sizeBytes)
    if (tag.type === VIDEO) readVideo(body, facts)
    if (tag.type === AUDIO) readAudio(body, facts)
    if (tag.type === SCRIPT) Object.assign(facts, { width: numberIn(body, 'width'), height: numberIn(body, 'height') })
    if (tag.type !== SCRIPT && !isHeader(tag.type, body)) firstMs = Math.min(firstMs ?? tag.timeMs, tag.timeMs)
    at += 11 + tag.sizeBytes + 4
  }
  const lastMs = lastWholeTag(tail)?.timeMs ?? null
  return { ...facts, durationMs: lastMs === null || firstMs === null ? null : lastMs - firstMs }
}

interface Tag {
  type: number
  sizeBytes: number
  timeMs: number
}

function tagAt(bytes: Buffer, at: number): Tag | null {
  const type = bytes[at] ?? 0
  if (![AUDIO, VIDEO, SCRIPT].includes(type) || bytes.readUIntBE(at + 8, 3) !== 0) return null
  return { type, sizeBytes: bytes.readUIntBE(at + 1, 3), timeMs: bytes.readUIntBE(at + 4, 3) + (bytes[at + 7] ?? 0) * 2 ** 24 }
}

/** Codec headers carry time 0, whenever the media begins. */
const isHeader = (type: number, body: Buffer): boolean => (type === VIDEO ? ((body[0] ?? 0) & 15) === 7 && body[1] === 0 : (body[0] ?? 0) >> 4 === 10 && body[1] === 0)

function readVideo(body: Buffer, facts: MediaFacts): void {
  facts.video ??= ((body[0] ?? 0) & 15) === 7 ? 'avc' : 'other'
  if (facts.video === 'avc' && body[1] === 0 && facts.videoConfig === null) facts.videoConfig = body.subarray(5)
}

function readAudio(body: Buffer, facts: MediaFacts): void {
  facts.audio ??= (body[0] ?? 0) >> 4 === 10 ? 'aac' : 'other'
  if (facts.audio !== 'aac' || body[1] !== 0 || body.length < 4) return
  const bits = body.readUInt16BE(2)
  facts.sampleRate = AAC_SAMPLE_RATES[(bits >> 7) & 15] ?? null
  facts.channels = (bits >> 3) & 15
}

/** A number of onMetaData: its name with its length before, the marker 0, eight bytes (AMF0 §2.2). */
function numberIn(script: Buffer, name: string): number | null {
  const key = Buffer.from(`\0${String.fromCharCode(name.length)}${name}\0`, 'latin1')
  const at = script.indexOf(key)
  return at < 0 || at + key.length + 8 > script.length ? null : script.readDoubleBE(at + key.length)
}

/**
 * The last tag of sound or picture whose size is repeated behind it, and where that ends, from the beginning of `tail`. Looked for
 * backwards, since a file may end in the middle of one.
 */
export function lastWholeTag(tail: Buffer): { timeMs: number; endsAt: number } | null {
  for (let end = tail.length; end >= 15; end--) {
    const total = tail.readUInt32BE(end - 4)
    const at = end - 4 - total
    if (total < 11 || at < 0) continue
    const tag = tagAt(tail, at)
    if (tag && tag.type !== SCRIPT && tag.sizeBytes + 11 === total) return { timeMs: tag.timeMs, endsAt: end }
  }
  return null
}
