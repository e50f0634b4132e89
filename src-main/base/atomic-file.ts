import { randomUUID } from 'node:crypto'
import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError, type Reason } from '@shared/domain/errors.ts'
import { makeFolder } from './make-folder.ts'

export interface AtomicWriteOptions {
  /** Permissions of the new file; 0o600 by default, since everything of ours belongs to one user. */
  mode?: number
  /** How the content gets into the open file; given by tests that fill a disk. */
  write?: (file: FileHandle, content: string | Uint8Array) => Promise<void>
}

/**
 * Replaces the file as a whole or not at all: a file beside it is written, flushed to the disk and renamed over it.
 * Whatever fails, what was there before is still there. Makes the folder when it is missing.
 * Throws StudioError `folder-not-writable`, `disk-full` or `unexpected`.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array, options: AtomicWriteOptions = {}): Promise<void> {
  const { mode = 0o600, write = (file, bytes) => file.writeFile(bytes) } = options
  const beside = join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}.tmp`)
  try {
    await makeFolder(dirname(path))
    const file = await open(beside, 'wx', mode)
    try {
      await write(file, content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {})
    throw fileFailure(error, path)
  }
  await syncFolder(dirname(path))
}

/** The rename itself reaches the disk only with its folder; where folders cannot be flushed (Windows) it does so in time. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // The file is in place; only its safety against a power cut in the next seconds is less.
  }
}

const REASON_OF: Record<string, Reason> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'folder-not-writable',
  EPERM: 'folder-not-writable',
  EROFS: 'folder-not-writable',
  ENOTDIR: 'folder-not-writable',
  EEXIST: 'folder-not-writable',
  EISDIR: 'folder-not-writable',
  ENOENT: 'folder-not-writable',
}

/** What a failed write to `path` means. The evidence names the file and the system's error code. */
export function fileFailure(error: unknown, path: string): StudioError {
  if (error instanceof StudioError) return error
  const code = systemCode(error)
  const evidence = code ? `${path} (${code})` : `${path}: ${error instanceof Error ? error.message : String(error)}`
  return new StudioError(REASON_OF[code] ?? 'unexpected', evidence, { cause: error })
}

/** `ENOENT` and the like, or an empty text. */
export function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}
