import { open } from 'node:fs/promises'
import { MKV } from '../muxers/mkv-elements.ts'
import { idBytes } from '../muxers/ebml.ts'
import { readBytes } from './file-tail.ts'
import type { FileFormat } from './file-types.ts'
import { flvFacts } from './flv-facts.ts'

/** What stands before the first frame has a few hundred bytes; a file larger than this is not looked into. */
const MAX_HEAD_BYTES = 64 * 1024
const EBML = Buffer.of(0x1a, 0x45, 0xdf, 0xa3)

/**
 * Whether there is anything in the file that was recorded. False only for a file that is empty, or that is recognised as one
 * of its format with its description and not even the beginning of a frame.
 */
export async function holdsMedia(path: string, format: FileFormat): Promise<boolean> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    if (size === 0) return false
    if (size > MAX_HEAD_BYTES) return true
    const bytes = await readBytes(file, 0, size)
    if (format === 'mp4') return bytes.toString('latin1', 4, 8) !== 'ftyp' || bytes.includes('mdat') || bytes.includes('moof')
    if (format === 'mkv') return !bytes.subarray(0, 4).equals(EBML) || bytes.includes(idBytes(MKV.Cluster))
    if (format === 'flv') return bytes.toString('latin1', 0, 3) !== 'FLV' || flvFacts(bytes, bytes)?.durationMs !== null
    return true
  } finally {
    await file.close()
  }
}
