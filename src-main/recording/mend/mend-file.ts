import { type FileHandle, open } from 'node:fs/promises'
import { StudioError } from '@shared/domain/errors.ts'
import { fileFailure } from '../../base/atomic-file.ts'
import { lastWholeFrame } from '../library/aac-length.ts'
import { readBytes } from '../library/file-tail.ts'
import { lastWholeTag } from '../library/flv-facts.ts'
import { wholeTsBytes } from '../library/ts-length.ts'
import { finishMp4To } from '../mp4/finish-mp4.ts'
import { isOrdinary } from '../mp4/read-fragments.ts'
import type { Chapter, Patch } from '../muxers/file-muxer.ts'
import type { FileFormat } from '../muxers/open-muxer.ts'
import { copyStart, type CopyOptions, type WholeStart } from './copy-start.ts'
import { wholeMkv } from './mend-mkv.ts'

export interface MendOptions extends CopyOptions {
  chapters?: readonly Chapter[]
}

/** The last unit of a stream begins in the end of its file: a key frame of 1 MB would be one of more than 100 Mbit/s. */
const TAIL_BYTES = 1024 * 1024
const HEAD_BYTES = 64 * 1024

/**
 * Makes an ordinary file at `to` of one of ours that was cut off, by what is known of how the recorder writes: no FFmpeg, no frame
 * coded anew. Answers false, and writes nothing, when the file is whole already. Throws StudioError `file-broken` for a file
 * that the studio has not written like this or that has nothing whole in it, `disk-full`, `folder-not-writable`, or `signal.reason`.
 */
export async function mendFile(from: string, to: string, format: FileFormat, { chapters = [], ...options }: MendOptions = {}): Promise<boolean> {
  const source = await open(from, 'r').catch((error: unknown) => { throw fileFailure(error, from) })
  try {
    if (format === 'mp4') {
      if (await isOrdinary(source)) return false
      await finishMp4To(from, to, { chapters, ...options })
      return true
    }
    const whole = format === 'mkv' ? await wholeMkv(source, chapters, options.signal) : await WHOLE[format](source)
    if (whole) await copyStart(source, to, whole, options)
    return whole !== null
  } catch (error) {
    throw options.signal?.aborted ? options.signal.reason : fileFailure(error, from)
  } finally {
    await source.close()
  }
}

/** What of a file is whole, by its last bytes. */
const WHOLE: Readonly<Record<'flv' | 'ts' | 'aac', (file: FileHandle) => Promise<WholeStart>>> = {
  async flv(file) {
    const { bytes, last } = await wholeByTail(file, (tail) => {
      const tag = lastWholeTag(tail)
      return tag && { endsAt: tag.endsAt, last: tag }
    })
    const head = await readBytes(file, 0, HEAD_BYTES)
    const patches = [...patchOf(head, 'duration', last.timeMs / 1000), ...patchOf(head, 'filesize', bytes)]
    return { bytes, patches }
  },
  // A transport stream does not say how long its last unit is, so that one is never known to be whole.
  ts: (file) => wholeByTail(file, (tail) => ended(wholeTsBytes(tail))),
  aac: (file) => wholeByTail(file, (tail) => ended(lastWholeFrame(tail))),
}

const ended = (endsAt: number | null): { endsAt: number; last: null } | null => (endsAt === null ? null : { endsAt, last: null })

async function wholeByTail<T>(file: FileHandle, find: (tail: Buffer) => { endsAt: number; last: T } | null): Promise<{ bytes: number; last: T }> {
  const { size } = await file.stat()
  const tailAt = Math.max(0, size - TAIL_BYTES)
  const found = find(await readBytes(file, tailAt, size - tailAt))
  if (!found || tailAt + found.endsAt === 0) throw new StudioError('file-broken', 'there is nothing whole in the file')
  return { bytes: tailAt + found.endsAt, last: found.last }
}

/** A number of onMetaData (AMF0 §2.2), where it is there. */
function patchOf(head: Buffer, name: string, value: number): Patch[] {
  const key = Buffer.from(`\0${String.fromCharCode(name.length)}${name}\0`, 'latin1')
  const at = head.indexOf(key)
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return at < 0 ? [] : [{ at: at + key.length, bytes }]
}
