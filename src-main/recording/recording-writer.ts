import type { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import { type Disk, type DiskFile, recordingFailure } from './disk.ts'
import type { Patch } from './muxers/file-muxer.ts'

/** What waits is written this often: a kill loses no more than this, and a disk is not asked for every frame. */
const WRITE_EVERY_MS = 200
/** And brought to the disk itself this often: with the frames that a format gathers (500 ms), a power cut loses less than 2 s. */
const SYNC_EVERY_MS = 1000
/** More than this is written at once, without waiting for its time. */
const WRITE_AT_BYTES = 1024 * 1024

export interface WriterParts {
  disk: Pick<Disk, 'create'>
  clock: Pick<Clock, 'every' | 'monotonicMs'>
  /** Told once; nothing is written after it. */
  onFailure: (failure: StudioError) => void
}

/**
 * Appends to one file without ever making anybody wait: what comes in is queued, written in the background and flushed to the
 * disk. How much waits is for others to look at.
 */
export class RecordingWriter {
  readonly path: string
  readonly #parts: WriterParts
  readonly #file: DiskFile
  readonly #stopTimer: () => void
  #queue: Uint8Array[] = []
  #queuedBytes = 0
  /** Where the next bytes of the queue go. */
  #writtenBytes = 0
  #syncedAtMs: number
  #dirty = false
  #working: Promise<void> | null = null
  #failure: StudioError | null = null
  #closed = false

  private constructor(path: string, file: DiskFile, parts: WriterParts) {
    this.path = path
    this.#file = file
    this.#parts = parts
    this.#syncedAtMs = parts.clock.monotonicMs()
    this.#stopTimer = parts.clock.every(WRITE_EVERY_MS, () => void this.#work())
  }

  /** Rejects with StudioError `folder-not-writable`, `disk-full` or `recording-failed`. */
  static async create(path: string, parts: WriterParts): Promise<RecordingWriter> {
    const file = await parts.disk.create(path).catch((error: unknown) => { throw recordingFailure(error, path) })
    return new RecordingWriter(path, file, parts)
  }

  /** Of the file, once everything that waits is written. */
  get sizeBytes(): number {
    return this.#writtenBytes + this.#queuedBytes
  }

  get queuedBytes(): number {
    return this.#queuedBytes
  }

  /** The bytes must not be changed afterwards. */
  append(parts: readonly Uint8Array[]): void {
    if (this.#failure || this.#closed) return
    for (const part of parts) {
      if (part.byteLength === 0) continue
      this.#queue.push(part)
      this.#queuedBytes += part.byteLength
    }
    // The first bytes at once: an empty file tells nobody anything.
    if (this.#queuedBytes >= WRITE_AT_BYTES || this.#writtenBytes === 0) void this.#work()
  }

  /** Writes what waits, then `patches` over what is there, and closes. Never rejects: what fails is told to `onFailure`. */
  async close(patches: readonly Patch[] = []): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    this.#stopTimer()
    await this.#working
    await this.#attempt(async () => {
      await this.#writeQueue()
      await this.#file.sync()
      for (const { at, bytes } of patches) await this.#file.write([bytes], at)
      if (patches.length > 0) await this.#file.sync()
    })
    await this.#file.close().catch(() => {})
  }

  /** One at a time; what comes in meanwhile waits for the next. */
  #work(): Promise<void> {
    this.#working ??= this.#attempt(async () => {
      await this.#writeQueue()
      const nowMs = this.#parts.clock.monotonicMs()
      if (!this.#dirty || nowMs - this.#syncedAtMs < SYNC_EVERY_MS) return
      this.#dirty = false
      this.#syncedAtMs = nowMs
      await this.#file.sync()
    }).finally(() => (this.#working = null))
    return this.#working
  }

  async #writeQueue(): Promise<void> {
    while (this.#queue.length > 0) {
      const [parts, bytes] = [this.#queue, this.#queuedBytes]
      this.#queue = []
      this.#dirty = true
      await this.#file.write(parts, this.#writtenBytes)
      this.#writtenBytes += bytes
      this.#queuedBytes -= bytes
    }
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.#failure) return
    try {
      await work()
    } catch (error) {
      this.#failure = recordingFailure(error, this.path)
      this.#queue = []
      this.#queuedBytes = 0
      this.#parts.onFailure(this.#failure)
    }
  }
}
