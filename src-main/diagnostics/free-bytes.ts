import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes that this user can still write at a path. Of a folder that is yet to be made: where it would be made. */
export async function freeBytesAt(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path)
    return bavail * bsize
  } catch (error) {
    const parent = dirname(path)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error
    return await freeBytesAt(parent)
  }
}
