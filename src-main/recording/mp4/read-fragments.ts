import type { FileHandle } from 'node:fs/promises'
import { StudioError } from '@shared/domain/errors.ts'
import { type BoxAt, boxAlong, childBoxes, readBoxHead } from './boxes.ts'
import { FROM_MOOF, TRUN_FLAGS } from './fragment.ts'
import type { TrackShape } from './movie-boxes.ts'
import { SampleTable } from './sample-table.ts'

export interface ReadTrack {
  shape: TrackShape
  table: SampleTable
}

/** What a fragmented file holds. */
export interface Fragments {
  createdAtMs: number
  tracks: ReadTrack[]
  /** The samples, in the order in which they lie in the file: one stretch for each fragment. */
  stretches: { at: number; bytes: number }[]
  /** Where the spare room is, or null when it is not there. */
  spareAt: number | null
  /** Behind the last whole fragment. */
  endsAt: number
}

/** A description of half a second of a picture and its sound has a few hundred bytes; more than this is no description. */
const MAX_HEAD_BYTES = 16 * 1024 * 1024
const EPOCH_1904_MS = 2_082_844_800_000

/**
 * Reads the fragments of a file of ours, up to its end or up to where it was cut off; half a fragment does not count.
 * Throws StudioError `file-broken` when there is not even one, or when another program has written them.
 */
export async function readFragments(file: FileHandle, signal?: AbortSignal): Promise<Fragments> {
  const found: Fragments = { createdAtMs: 0, tracks: [], stretches: [], spareAt: null, endsAt: 0 }
  const { size } = await file.stat()
  let pending: { moof: Buffer; at: number } | null = null
  for (let at = 0; at < size; ) {
    signal?.throwIfAborted()
    const head = await boxAt(file, at)
    // Cut off here, or preallocated by the system and never written.
    if (!head || head.bytes === 0 || at + head.bytes > size) break
    if (head.type === 'free' && found.tracks.length === 0) found.spareAt = at
    if (head.type === 'moov' && found.tracks.length === 0) readMovie(await contentOf(file, head), found)
    if (head.type === 'moof') pending = { moof: await contentOf(file, head), at }
    if (head.type === 'mdat' && pending) {
      readFragment(pending.moof, pending.at, found.tracks)
      found.stretches.push({ at: at + head.headBytes, bytes: head.bytes - head.headBytes })
      pending = null
      found.endsAt = at + head.bytes
    }
    at += head.bytes
  }
  if (found.stretches.length === 0) throw new StudioError('file-broken', 'there is no whole fragment in the file')
  return found
}

/** Whether it is an ordinary file already, with one description of all its samples, and whole. */
export async function isOrdinary(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  let described = false
  let samples = false
  let at = 0
  while (at < size) {
    const head = await boxAt(file, at)
    if (!head || head.bytes === 0) return false
    if (head.type === 'moof') return false
    if (head.type === 'moov') described = boxAlong(await contentOf(file, head), 'mvex') === null
    if (head.type === 'mdat') samples = true
    at += head.bytes
  }
  return described && samples && at === size
}

async function boxAt(file: FileHandle, at: number): Promise<BoxAt | null> {
  const head = Buffer.alloc(16)
  const { bytesRead } = await file.read(head, 0, 16, at)
  return readBoxHead(head.subarray(0, bytesRead), at)
}

async function contentOf(file: FileHandle, { at, bytes, headBytes, type }: BoxAt): Promise<Buffer> {
  if (bytes > MAX_HEAD_BYTES) throw new StudioError('file-broken', `a box ${type} of ${bytes} bytes`)
  const content = Buffer.alloc(bytes - headBytes)
  await file.read(content, 0, content.length, at + headBytes)
  return content
}

/** Of `hdlr`: behind version and flags, 4 unused bytes, the handler and 12 unused bytes (§8.4.3). */
const HANDLER_NAME_AT = 24

/** Version 1 has 64-bit times. */
const timesBytes = (content: Buffer): number => (content[0] === 1 ? 16 : 8)

function readMovie(moov: Buffer, found: Fragments): void {
  const header = boxAlong(moov, 'mvhd')
  if (!header) throw new StudioError('file-broken', 'the movie has no header')
  found.createdAtMs = (header[0] === 1 ? Number(header.readBigUInt64BE(4)) : header.readUInt32BE(4)) * 1000 - EPOCH_1904_MS
  for (const { type, content } of childBoxes(moov)) if (type === 'trak') found.tracks.push({ shape: readTrack(content), table: new SampleTable() })
}

function readTrack(trak: Buffer): TrackShape {
  const tkhd = boxAlong(trak, 'tkhd')
  const mdhd = boxAlong(trak, 'mdia/mdhd')
  const hdlr = boxAlong(trak, 'mdia/hdlr')
  const table = boxAlong(trak, 'mdia/minf/stbl')
  const description = table && childBoxes(table).find(({ type }) => type === 'stsd')
  if (!tkhd || !mdhd || !hdlr || !description) throw new StudioError('file-broken', 'a track is not described')
  return {
    id: tkhd.readUInt32BE(4 + timesBytes(tkhd)),
    width: tkhd.readUInt32BE(tkhd.length - 8) / 0x10000,
    height: tkhd.readUInt32BE(tkhd.length - 4) / 0x10000,
    timescale: mdhd.readUInt32BE(4 + timesBytes(mdhd)),
    handler: hdlr.toString('latin1', 8, 12),
    description: Buffer.from(description.whole),
    name: hdlr.toString('utf8', HANDLER_NAME_AT).replace(/\0.*$/s, ''),
    // Behind the times and 12 bytes more: layer and group.
    group: tkhd.readUInt16BE(tkhd.length - 50),
    enabled: (tkhd.readUInt32BE(0) & 1) !== 0,
  }
}

function readFragment(moof: Buffer, at: number, tracks: readonly ReadTrack[]): void {
  for (const { type, content } of childBoxes(moof)) {
    if (type !== 'traf') continue
    const [tfhd, tfdt, trun] = ['tfhd', 'tfdt', 'trun'].map((name) => boxAlong(content, name))
    const track = tfhd && tracks.find(({ shape }) => shape.id === tfhd.readUInt32BE(4))
    if (!track || !tfdt || !trun) continue
    // Fragments may be described in many ways; only our own is known here.
    if (tfhd.readUInt32BE(0) !== FROM_MOOF || trun.readUInt32BE(0) !== TRUN_FLAGS) throw new StudioError('file-broken', 'the fragments were not written by the studio')
    const begins = tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(4)) : tfdt.readUInt32BE(4)
    readRun(track.table, begins, at, trun)
  }
}

/** As `fragment.ts` writes it: each sample with its length in ticks, its size and its flags. */
function readRun(table: SampleTable, begins: number, moofAt: number, trun: Buffer): void {
  const count = trun.readUInt32BE(4)
  table.firstAt ??= begins
  table.lengthenLast(begins - table.firstAt - table.ticks)
  table.addChunk(moofAt + trun.readInt32BE(8), count)
  for (let n = 0; n < count; n++) {
    const at = 12 + n * 12
    table.add(trun.readUInt32BE(at + 4), trun.readUInt32BE(at), (trun.readUInt32BE(at + 8) & 0x10000) === 0)
  }
}
