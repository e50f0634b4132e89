import { type FileHandle, open } from 'node:fs/promises'
import { StudioError } from '@shared/domain/errors.ts'
import type { Patch } from '../muxers/file-muxer.ts'

export interface CopyOptions {
  /** 0 to 1. */
  onProgress?: (done: number) => void
  signal?: AbortSignal
}

const COPY_BYTES = 1024 * 1024
/** What is written reaches the disk this often, so that the system's cache does not fill up with it. */
const SYNC_EVERY_BYTES = 64 * 1024 * 1024

/** Copies stretches of one file to the end of another. Throws StudioError `file-broken`, `signal.reason`, or the system's error. */
export async function copyStretches(source: FileHandle, target: FileHandle, stretches: readonly { at: number; bytes: number }[], { onProgress = () => {}, signal }: CopyOptions = {}): Promise<void> {
  const totalBytes = stretches.reduce((sum, { bytes }) => sum + bytes, 0)
  const buffer = Buffer.alloc(COPY_BYTES)
  let [done, unsynced] = [0, 0]
  for (const { at, bytes } of stretches) {
    for (let copied = 0; copied < bytes; ) {
      signal?.throwIfAborted()
      const { bytesRead } = await source.read(buffer, 0, Math.min(COPY_BYTES, bytes - copied), at + copied)
      if (bytesRead === 0) throw new StudioError('file-broken', 'the file became shorter while it was read')
      await target.write(buffer, 0, bytesRead)
      copied += bytesRead
      done += bytesRead
      unsynced += bytesRead
    }
    if (unsynced >= SYNC_EVERY_BYTES) {
      unsynced = 0
      await target.datasync()
    }
    onProgress(done / totalBytes)
  }
}

/** What a file becomes whose first bytes are good. */
export interface WholeStart {
  bytes: number
  /** Behind them. */
  tail?: readonly Uint8Array[]
  /** Over them. */
  patches?: readonly Patch[]
}

/** Writes the whole part of a file to a new one. Throws as `copyStretches`. */
export async function copyStart(source: FileHandle, to: string, { bytes, tail = [], patches = [] }: WholeStart, options: CopyOptions = {}): Promise<void> {
  const target = await open(to, 'w', 0o644)
  try {
    // In pieces, so that progress is told.
    const stretches = Array.from({ length: Math.ceil(bytes / SYNC_EVERY_BYTES) }, (_, n) => ({ at: n * SYNC_EVERY_BYTES, bytes: Math.min(SYNC_EVERY_BYTES, bytes - n * SYNC_EVERY_BYTES) }))
    await copyStretches(source, target, stretches, options)
    for (const part of tail) await target.write(part)
    for (const patch of patches) await target.write(patch.bytes, 0, patch.bytes.byteLength, patch.at)
    await target.sync()
  } finally {
    await target.close()
  }
}
