import { link, mkdtemp, rename, rm, stat, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { fileFailure } from '../../base/atomic-file.ts'
import { makeFolder } from '../../base/make-folder.ts'
import { MANIFEST_FOLDER } from '../manifest.ts'

const workIn = (folder: string): string => join(folder, MANIFEST_FOLDER, 'work')

/**
 * A hidden folder on the same disk as the recordings, where a job's results are made under names of no consequence; the
 * whole folder goes when the job ends, however it ends.
 */
export async function withWorkFolder<T>(folder: string, work: (place: string) => Promise<T>): Promise<T> {
  const parent = workIn(folder)
  let place: string
  try {
    await makeFolder(parent)
    place = await mkdtemp(join(parent, 'job-'))
  } catch (error) {
    throw fileFailure(error, parent)
  }
  try {
    return await work(place)
  } finally {
    await rm(place, { recursive: true, force: true }).catch(() => {})
  }
}

/** What a studio that was killed left behind. */
export const clearWork = (folder: string): Promise<void> => rm(workIn(folder), { recursive: true, force: true })

/**
 * Gives a finished result its name in the recordings folder and answers that name, relative to it: with ` (2)` and so on
 * when the wished one is taken. Nothing is ever overwritten.
 */
export async function publish(folder: string, made: string, wished: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = number === 1 ? wished : numbered(wished, number)
    const target = join(folder, ...path.split('/'))
    try {
      await moveToFree(made, target)
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw fileFailure(error, target)
    }
  }
}

export function numbered(path: string, number: number): string {
  const dot = path.lastIndexOf('.')
  return dot > path.lastIndexOf('/') ? `${path.slice(0, dot)} (${number})${path.slice(dot)}` : `${path} (${number})`
}

/** By a second name for the file, which fails when the name is taken; on disks without such (FAT) by looking first. */
async function moveToFree(from: string, to: string): Promise<void> {
  const linked = await link(from, to).then(() => true, (error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST' || error.code === 'ENOSPC') throw error
    return false
  })
  if (linked) return unlink(from)
  if (await stat(to).catch(() => null)) throw Object.assign(new Error('taken'), { code: 'EEXIST' })
  await rename(from, to)
}
