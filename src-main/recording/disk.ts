import { type FileHandle, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { fileFailure, systemCode } from '../base/atomic-file.ts'
import { freeBytesIn } from '../base/free-bytes.ts'
import { makeFolder } from '../base/make-folder.ts'

/** A file that is being written. */
export interface DiskFile {
  /** Writes all of it, one part behind the other, from byte `at` on. */
  write(parts: readonly Uint8Array[], at: number): Promise<void>
  /** Resolves when everything written before is on the disk itself. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** What recordings need of a disk; a test gives one that is slow or full. Rejects with the system's errors. */
export interface Disk {
  /** A new file, with the folders above it. Never one that is there already: then it rejects with `EEXIST`. */
  create(path: string): Promise<DiskFile>
  rename(from: string, to: string): Promise<void>
  /** What this user may still write to the disk that the folder is on. */
  freeBytes(folder: string): Promise<number>
}

export const systemDisk: Disk = {
  async create(path) {
    await makeFolder(dirname(path), 0o755)
    return new OpenFile(await open(path, 'wx', 0o644))
  },
  rename,
  freeBytes: freeBytesIn,
}

/** The most parts that one call of the system takes (IOV_MAX of Linux and macOS). */
const MAX_PARTS = 1024

class OpenFile implements DiskFile {
  constructor(private readonly handle: FileHandle) {}

  async write(parts: readonly Uint8Array[], at: number): Promise<void> {
    let to = at
    for (let n = 0; n < parts.length; n += MAX_PARTS) to += await this.#writeSome(parts.slice(n, n + MAX_PARTS), to)
  }

  sync(): Promise<void> {
    return this.handle.datasync()
  }

  close(): Promise<void> {
    return this.handle.close()
  }

  /** The system may take less than all of it, for example what just still fits on the disk. */
  async #writeSome(parts: readonly Uint8Array[], at: number): Promise<number> {
    const bytes = parts.reduce((sum, part) => sum + part.byteLength, 0)
    const { bytesWritten } = await this.handle.writev(parts, at)
    if (bytesWritten < bytes) {
      const rest = Buffer.concat(parts).subarray(bytesWritten)
      for (let done = 0; done < rest.length; ) {
        const more = await this.handle.write(rest, done, rest.length - done, at + bytesWritten + done)
        done += more.bytesWritten
      }
    }
    return bytes
  }
}

/** What a failure while recording to `path` means. */
export const recordingFailure = (error: unknown, path: string): StudioError => {
  // Whoever begins a file looks before: this one was made in the moments since.
  if (isTaken(error)) return new StudioError('recording-name-taken', path, { cause: error })
  const failure = fileFailure(error, path)
  return failure.reason === 'unexpected' ? new StudioError('recording-failed', failure.evidence, { cause: error }) : failure
}

/** A file, that is; where a folder should be and something else is, it cannot be written to. */
const isTaken = (error: unknown): boolean => systemCode(error) === 'EEXIST' && error instanceof Error && 'syscall' in error && error.syscall === 'open'
