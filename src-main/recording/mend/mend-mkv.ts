import type { FileHandle } from 'node:fs/promises'
import { StudioError } from '@shared/domain/errors.ts'
import { readBytes } from '../library/file-tail.ts'
import { durationPlace, MKV } from '../muxers/mkv-elements.ts'
import { MkvIndex, SEEK_HEAD_BYTES } from '../muxers/mkv-index.ts'
import { readElementHead } from '../muxers/ebml.ts'
import type { Chapter } from '../muxers/file-muxer.ts'
import type { WholeStart } from './copy-start.ts'

/** An EBML header, and the description of tracks, have a few hundred bytes. */
const MAX_HEAD_BYTES = 1024 * 1024
const MAX_ELEMENT_HEAD_BYTES = 12
/** Without a picture there is a place to begin this often. */
const SOUND_CUES_EVERY_MS = 5000
const EBML_HEADER = 0x1a45dfa3

/**
 * What of a Matroska file of ours is whole, with the end that it never got. Null when it has its end. Throws StudioError
 * `file-broken` when it is none of ours or there is not one whole cluster in it.
 */
export async function wholeMkv(file: FileHandle, chapters: readonly Chapter[], signal?: AbortSignal): Promise<WholeStart | null> {
  const { size } = await file.stat()
  const segmentAt = await endOf(file, 0, EBML_HEADER)
  const segment = readElementHead(await readBytes(file, segmentAt, MAX_ELEMENT_HEAD_BYTES))
  if (segment?.id !== MKV.Segment || segment.headBytes !== 12) throw notOurs()
  const infoAt = segmentAt + segment.headBytes + SEEK_HEAD_BYTES
  if (segment.bytes !== null) {
    if (segmentAt + segment.headBytes + segment.bytes === size) return null
    throw notOurs()
  }
  const tracksAt = await endOf(file, infoAt, MKV.Info)
  const clustersAt = await endOf(file, tracksAt, MKV.Tracks)
  const info = await readBytes(file, infoAt, tracksAt - infoAt)
  const durationAt = info.indexOf(durationPlace())
  if (durationAt < 0) throw notOurs()
  const hasPicture = (await readBytes(file, tracksAt, clustersAt - tracksAt)).includes('V_MPEG4/ISO/AVC')
  const index = new MkvIndex({ segmentSizeAt: segmentAt + 4, infoAt, durationAt: infoAt + durationAt, tracksAt, hasPicture })
  const { endsAt, endMs } = await readClusters(file, clustersAt, size, hasPicture, index, signal)
  return { bytes: endsAt, ...index.end(endsAt, endMs, chapters) }
}

const notOurs = (): StudioError => new StudioError('file-broken', 'the file was not written by the studio')

/** Behind the element at byte `at`, which must be this one and of known size. */
async function endOf(file: FileHandle, at: number, id: number): Promise<number> {
  const head = readElementHead(await readBytes(file, at, MAX_ELEMENT_HEAD_BYTES))
  if (head?.id !== id || head.bytes === null || head.bytes > MAX_HEAD_BYTES) throw notOurs()
  return at + head.headBytes + head.bytes
}

/** Clusters up to the last one that is whole; each that begins with a key frame becomes a place to begin. */
async function readClusters(file: FileHandle, from: number, size: number, hasPicture: boolean, index: MkvIndex, signal?: AbortSignal): Promise<{ endsAt: number; endMs: number }> {
  let endsAt = from
  let last: { at: number; bytes: number; atMs: number } | null = null
  let soundCueMs = Number.NEGATIVE_INFINITY
  for (;;) {
    signal?.throwIfAborted()
    const start = await readBytes(file, endsAt, 64)
    const head = readElementHead(start)
    if (head?.id !== MKV.Cluster || head.bytes === null || endsAt + head.headBytes + head.bytes > size) break
    const { atMs, key, isPicture } = firstBlock(start.subarray(head.headBytes))
    if (hasPicture ? isPicture && key : atMs - soundCueMs >= SOUND_CUES_EVERY_MS) {
      index.addCue(endsAt, atMs)
      soundCueMs = atMs
    }
    last = { at: endsAt + head.headBytes, bytes: head.bytes, atMs }
    endsAt += head.headBytes + head.bytes
  }
  if (!last) throw new StudioError('file-broken', 'there is no whole cluster in the file')
  return { endsAt, endMs: last.atMs + lastOffsetMs(await readBytes(file, last.at, last.bytes)) }
}

/** A cluster's time, and what its first block is: the track in 1 byte, the offset in 2, then the flags. */
function firstBlock(content: Buffer): { atMs: number; isPicture: boolean; key: boolean } {
  const time = readElementHead(content)
  if (time?.id !== MKV.Timestamp || time.bytes === null || time.bytes > 6) throw notOurs()
  const timeEnd = time.headBytes + time.bytes
  const atMs = time.bytes === 0 ? 0 : content.readUIntBE(time.headBytes, time.bytes)
  const block = readElementHead(content.subarray(timeEnd))
  if (block?.id !== MKV.SimpleBlock) throw notOurs()
  const at = timeEnd + block.headBytes
  return { atMs, isPicture: content[at] === 0x81, key: ((content[at + 3] ?? 0) & 0x80) !== 0 }
}

/** When the last block of a cluster is shown, ms from the cluster's time. How long it lasts is not said; a frame, more or less. */
function lastOffsetMs(content: Buffer): number {
  let offsetMs = 0
  for (let at = 0; at < content.length; ) {
    const head = readElementHead(content.subarray(at, at + MAX_ELEMENT_HEAD_BYTES))
    if (!head || head.bytes === null) break
    if (head.id === MKV.SimpleBlock && at + head.headBytes + 3 <= content.length) offsetMs = Math.max(offsetMs, content.readInt16BE(at + head.headBytes + 1))
    at += head.headBytes + head.bytes
  }
  return offsetMs
}
