import { appendFileSync } from 'node:fs'
import { appendFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { LogEntry, LogSink } from './logger.ts'
import { makeFolder } from './make-folder.ts'

/** Five files of 5 MB: a long show's worth of `info`, and never more than 25 MB of somebody's disk. */
const MAX_FILE_BYTES = 5_000_000
const MAX_FILES = 5
/** What may wait for a slow disk; beyond it lines are dropped and counted. */
const MAX_QUEUED_BYTES = 1_000_000

export interface FileLogOptions {
  folder: string
  /** Told once per stretch of failed writes. */
  onFailure?: (failure: unknown) => void
  maxFileBytes?: number
  maxFiles?: number
  maxQueuedBytes?: number
}

/**
 * One JSON object per line in `castwright.jsonl`, older files in `castwright.1.jsonl` and so on.
 * Writing happens behind the caller's back: a full or slow disk costs lines, never time.
 */
export class FileLog implements LogSink {
  readonly #folder: string
  readonly #onFailure: (failure: unknown) => void
  readonly #maxFileBytes: number
  readonly #maxFiles: number
  readonly #maxQueuedBytes: number
  #queue: string[] = []
  #queuedBytes = 0
  #dropped = 0
  #fileBytes: number | null = null
  #failing = false
  #writing: Promise<void> | null = null

  constructor(options: FileLogOptions) {
    this.#folder = options.folder
    this.#onFailure = options.onFailure ?? (() => {})
    this.#maxFileBytes = options.maxFileBytes ?? MAX_FILE_BYTES
    this.#maxFiles = options.maxFiles ?? MAX_FILES
    this.#maxQueuedBytes = options.maxQueuedBytes ?? MAX_QUEUED_BYTES
  }

  /** The file that is written now. */
  get path(): string {
    return this.#pathOf(0)
  }

  write(entry: LogEntry): void {
    const line = jsonLine(entry)
    if (this.#queuedBytes + line.length > this.#maxQueuedBytes) {
      this.#dropped++
      return
    }
    this.#queue.push(line)
    this.#queuedBytes += line.length
    this.#start()
  }

  /** Resolves when everything that waits has been written or given up. */
  async close(): Promise<void> {
    while (this.#writing) await this.#writing
  }

  /** For the last words of a process that is about to die: writes what waits, at once. */
  flushNow(): void {
    try {
      appendFileSync(this.path, this.#takeAll())
    } catch {
      // There is nobody left to tell.
    }
  }

  #start(): void {
    this.#writing ??= this.#drain().then(() => {
      this.#writing = null
      // A line that came after the last look.
      if (this.#queue.length > 0) this.#start()
    })
  }

  async #drain(): Promise<void> {
    // Lets the lines of one turn of the event loop share one write.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.#queue.length > 0) {
      const text = this.#takeAll()
      try {
        await this.#append(text)
        this.#failing = false
      } catch (failure) {
        this.#fileBytes = null
        if (!this.#failing) this.#onFailure(failure)
        this.#failing = true
      }
    }
  }

  #takeAll(): string {
    const note = this.#dropped > 0 ? `{"level":"warn","name":"log","message":"lines were dropped","dropped":${this.#dropped}}\n` : ''
    const text = this.#queue.join('') + note
    this.#queue = []
    this.#queuedBytes = 0
    this.#dropped = 0
    return text
  }

  async #append(text: string): Promise<void> {
    if (this.#fileBytes === null) {
      await makeFolder(this.#folder)
      this.#fileBytes = await stat(this.path).then((file) => file.size, () => 0)
    }
    const bytes = Buffer.byteLength(text)
    if (this.#fileBytes > 0 && this.#fileBytes + bytes > this.#maxFileBytes) {
      await this.#rotate()
      this.#fileBytes = 0
    }
    await appendFile(this.path, text, { mode: 0o600 })
    this.#fileBytes += bytes
  }

  async #rotate(): Promise<void> {
    for (let age = this.#maxFiles - 2; age >= 0; age--) {
      await rename(this.#pathOf(age), this.#pathOf(age + 1)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
    }
  }

  #pathOf(age: number): string {
    return join(this.#folder, age === 0 ? 'castwright.jsonl' : `castwright.${age}.jsonl`)
  }
}

function jsonLine(entry: LogEntry): string {
  const { atMs, level, name, message, fields } = entry
  // The entry's own names come last, so that a field cannot pass itself off as one of them.
  return `${JSON.stringify({ at: new Date(atMs).toISOString(), ...fields, level, name, message })}\n`
}
