/** What an FLV stream with one AVC track holds (Adobe FLV 10.1, annex E.4). */
export type FlvVideoItem = { type: 'avcC'; data: Uint8Array } | { type: 'frame'; key: boolean; data: Uint8Array }

/** More than this in one tag is not a coded frame; the reader gives up instead of growing. */
const MAX_TAG_BYTES = 8 * 1024 * 1024
const VIDEO_TAG = 9
const AVC = 7

/** Reads the video of an FLV stream as its bytes come, in pieces of any size. Throws a plain Error on anything else. */
export class FlvVideoReader {
  #rest: Buffer = Buffer.alloc(0)
  #headerRead = false

  push(chunk: Uint8Array): FlvVideoItem[] {
    const items: FlvVideoItem[] = []
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk])
    if (!this.#headerRead) {
      if (this.#rest.length < 13) return items
      if (this.#rest.toString('latin1', 0, 3) !== 'FLV') throw new Error('not an FLV stream')
      this.#rest = this.#rest.subarray(13) // 9 bytes of header, 4 of the first PreviousTagSize
      this.#headerRead = true
    }
    while (this.#rest.length >= 11) {
      const sizeBytes = this.#rest.readUIntBE(1, 3)
      if (sizeBytes > MAX_TAG_BYTES) throw new Error('FLV tag too large')
      const end = 11 + sizeBytes + 4
      if (this.#rest.length < end) break
      const item = this.#rest[0] === VIDEO_TAG ? videoItem(this.#rest.subarray(11, 11 + sizeBytes)) : null
      if (item) items.push(item)
      this.#rest = this.#rest.subarray(end)
    }
    return items
  }
}

function videoItem(body: Buffer): FlvVideoItem | null {
  const first = body[0]
  if (first === undefined || body.length < 5) return null
  if ((first & 0x0f) !== AVC) throw new Error('FLV video is not AVC')
  if (body[1] === 0) return { type: 'avcC', data: body.subarray(5) }
  return body[1] === 1 ? { type: 'frame', key: first >> 4 === 1, data: body.subarray(5) } : null
}
