import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { fileFailure, systemCode } from '../base/atomic-file.ts'
import { UsageError } from '../cli/usage.ts'
import { findProcess, type FindProcess, isSameProcess } from '../process/find-process.ts'

const LOCK_FILE = 'studio.lock'
const holderSchema = z.object({ pid: z.int().positive(), startedAt: z.number().nullable() })
type Holder = z.infer<typeof holderSchema>

export interface FolderLock {
  close(): Promise<void>
}

/**
 * Keeps a data folder for this process alone: two studios would overwrite each other's settings and share a browser
 * profile. What a killed studio left behind is taken over.
 * Throws UsageError when another studio has the folder, StudioError when the lock cannot be written.
 */
export async function lockFolder(folder: string, find: FindProcess = findProcess): Promise<FolderLock> {
  const path = join(folder, LOCK_FILE)
  const mine = JSON.stringify(find(process.pid) ?? { pid: process.pid, startedAt: null })
  try {
    while (!(await create(path, mine))) {
      const text = await readText(path)
      const holder = parse(text)
      if (holder && isSameProcess(find(holder.pid), holder)) throw inUse(folder, holder)
      await takeAway(path, text)
    }
  } catch (error) {
    throw error instanceof UsageError ? error : fileFailure(error, path)
  }
  return {
    async close() {
      if ((await readText(path)) === mine) await rm(path, { force: true })
    },
  }
}

/** Appears with its content or not at all; false when there is one already. */
async function create(path: string, text: string): Promise<boolean> {
  const beside = `${path}.${randomUUID().slice(0, 8)}`
  await writeFile(beside, text, { mode: 0o600, flag: 'wx' })
  try {
    await link(beside, path)
    return true
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error
    return false
  } finally {
    await rm(beside, { force: true })
  }
}

/** Removes a lock that was left behind. Two studios that start at once may both try: one must not take the other's new lock. */
async function takeAway(path: string, leftBehind: string | null): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}`
  try {
    await rename(path, aside)
    if ((await readText(aside)) !== leftBehind) await link(aside, path)
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(systemCode(error))) throw error
  } finally {
    await rm(aside, { force: true })
  }
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null
    throw error
  }
}

function parse(text: string | null): Holder | null {
  try {
    return holderSchema.safeParse(JSON.parse(text ?? '')).data ?? null
  } catch {
    return null
  }
}

const inUse = (folder: string, { pid }: Holder): UsageError =>
  new UsageError(`another studio (process ${pid}) is using the folder ${folder}; close it first, or give this one another folder with --data-dir.`)
