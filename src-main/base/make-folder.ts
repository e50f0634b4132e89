import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder and those above it, one after the other. Node's own `recursive` option tries for ever where the system
 * says that a folder's parent is missing although it is there, as in /proc. Throws the system's error.
 */
export async function makeFolder(path: string, mode = 0o700): Promise<void> {
  const there = await stat(path).catch(() => null)
  if (there?.isDirectory()) return
  // Something else has the name: the system says so best.
  if (there) await mkdir(path, { mode })
  const missing: string[] = []
  for (let at = resolve(path); !(await isThere(at)); at = dirname(at)) missing.push(at)
  for (const folder of missing.toReversed()) {
    await mkdir(folder, { mode }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
}

/** Something is there. What it is shows when a folder is made below it. */
async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return false
      throw error
    },
  )
}
