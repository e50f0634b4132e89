import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Bytes that this user can still write in a folder. Rejects with the system's error. */
export async function freeBytesIn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** The same at a path. Of a folder that is yet to be made: where it would be made. */
export async function freeBytesAt(path: string): Promise<number> {
  try {
    return await freeBytesIn(path)
  } catch (error) {
    const parent = dirname(path)
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === path) throw error
    return await freeBytesAt(parent)
  }
}
