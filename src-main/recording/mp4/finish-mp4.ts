import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { fileFailure } from '../../base/atomic-file.ts'
import { type CopyOptions, copyStretches } from '../mend/copy-start.ts'
import type { Chapter } from '../muxers/file-muxer.ts'
import { fileType } from './movie-boxes.ts'
import { type Fragments, readFragments } from './read-fragments.ts'
import { movieBox } from './whole-movie.ts'
import { SPARE_BYTES } from './mp4-muxer.ts'

export interface FinishOptions extends CopyOptions {
  chapters?: readonly Chapter[]
}

/**
 * Makes an ordinary MP4, with its description before its samples, of one that was written in fragments; also of one that was
 * cut off. A new file is written beside it and takes its place; it needs as much room again. No frame is coded anew.
 * Throws StudioError `file-broken`, `disk-full`, `folder-not-writable`, or `signal.reason`; then the file is as it was.
 */
export async function finishMp4(path: string, options: FinishOptions = {}): Promise<void> {
  const beside = join(dirname(path), unfinishedName(basename(path)))
  try {
    await finishMp4To(path, beside, options)
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw options.signal?.aborted ? options.signal.reason : fileFailure(error, path)
  }
}

/** What the new file is called until it takes the place of the old one. */
export const unfinishedName = (name: string): string => `.${name}.part`

/** The same into a file at another path; the first one stays. Throws as `finishMp4`; then half a file may be left at `to`. */
export async function finishMp4To(path: string, to: string, { chapters = [], ...options }: FinishOptions = {}): Promise<void> {
  const source = await open(path, 'r').catch((error: unknown) => { throw fileFailure(error, path) })
  try {
    const fragments = await readFragments(source, options.signal)
    const target = await open(to, 'w', 0o644)
    try {
      await writeWhole(source, target, fragments, chapters, options)
      await target.sync()
    } finally {
      await target.close()
    }
  } catch (error) {
    throw options.signal?.aborted ? options.signal.reason : fileFailure(error, path)
  } finally {
    await source.close()
  }
}

/**
 * The same where there is no room for a second file: the description goes to the end, and what was between the fragments
 * becomes part of the samples' box, unused. Plays everywhere, but is not made for being loaded bit by bit.
 */
export async function finishMp4InPlace(path: string, chapters: readonly Chapter[] = []): Promise<void> {
  const file = await open(path, 'r+').catch((error: unknown) => { throw fileFailure(error, path) })
  try {
    const fragments = await readFragments(file)
    if (fragments.spareAt === null) throw new StudioError('file-broken', 'there is no spare room in the file')
    const movie = movieBox(fragments, { chapters, moved: (at) => at, wide: fragments.endsAt > 0xffffffff })
    await file.truncate(fragments.endsAt)
    await file.write(movie, 0, movie.length, fragments.endsAt)
    // Only when the description is on the disk may the fragments' own be hidden.
    await file.sync()
    const head = Buffer.alloc(SPARE_BYTES)
    head.writeUInt32BE(1)
    head.write('mdat', 4, 'latin1')
    head.writeBigUInt64BE(BigInt(fragments.endsAt - fragments.spareAt), 8)
    await file.write(head, 0, head.length, fragments.spareAt)
    await file.sync()
  } catch (error) {
    throw fileFailure(error, path)
  } finally {
    await file.close()
  }
}

async function writeWhole(source: FileHandle, target: FileHandle, fragments: Fragments, chapters: readonly Chapter[], options: CopyOptions): Promise<void> {
  const sampleBytes = fragments.stretches.reduce((sum, { bytes }) => sum + bytes, 0)
  const type = fileType()
  const build = (samplesAt: number) => movieBox(fragments, { chapters, moved: movedTo(fragments, samplesAt), wide: sampleBytes > 0xf0000000 })
  const large = sampleBytes + 8 > 0xffffffff
  const head = Buffer.alloc(large ? 16 : 8)
  head.writeUInt32BE(large ? 1 : sampleBytes + 8)
  head.write('mdat', 4, 'latin1')
  if (large) head.writeBigUInt64BE(BigInt(sampleBytes + 16), 8)
  // Where the samples lie changes nothing about how long their description is.
  const movie = build(type.length + build(0).length + head.length)
  await target.writev([type, movie, head])
  await copyStretches(source, target, fragments.stretches, options)
}

/** Stretches move up to one another. Offsets are asked for in rising order within a track. */
function movedTo({ stretches }: Fragments, samplesAt: number): (at: number) => number {
  const starts = new Map<number, number>()
  const begins: number[] = []
  let to = samplesAt
  for (const { at, bytes } of stretches) {
    starts.set(at, to)
    begins.push(at)
    to += bytes
  }
  return (at) => {
    let [low, high] = [0, begins.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((begins[middle] ?? 0) <= at) low = middle
      else high = middle - 1
    }
    const begin = begins[low] ?? 0
    return (starts.get(begin) ?? 0) + at - begin
  }
}
