import type { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'
import { brokenEvidence, CopiedFile } from './atomic-file-copies.ts'
import type { AtomicWriteOptions } from './atomic-file.ts'
import type { Clock } from './clock.ts'
import { firstProblem } from './json-store-problem.ts'

/** Turns the data of one version into that of the next. */
export type Migration = (data: unknown) => unknown

export interface JsonStoreOptions<T> {
  path: string
  /** The version that this program writes. */
  version: number
  schema: z.ZodType<T>
  /** By the version they start from: `{ 1: fromOneToTwo }`. */
  migrations?: Readonly<Record<number, Migration>>
  initial: () => T
  clock: Pick<Clock, 'now' | 'monotonicMs'>
  /** Told what the user must know: `settings-broken`, `folder-not-writable`, `disk-full`. */
  onFailure: (failure: StudioError) => void
  write?: AtomicWriteOptions['write']
}

/**
 * One value, kept in memory and in a versioned JSON file `{ "version": n, "data": … }`.
 * The value in memory is always usable: a broken file is set aside and the newest good copy or the initial value
 * taken; a file that cannot be written is reported, and the studio goes on in memory.
 */
export class JsonStore<T> {
  readonly #file: CopiedFile | null
  readonly #version: number
  readonly #onFailure: (failure: StudioError) => void
  #value: T
  #saved = true
  #writing: Promise<void> | null = null

  private constructor(value: T, file: CopiedFile | null, version: number, onFailure: (failure: StudioError) => void) {
    this.#value = value
    this.#file = file
    this.#version = version
    this.#onFailure = onFailure
  }

  static async open<T>(options: JsonStoreOptions<T>): Promise<JsonStore<T>> {
    const file = new CopiedFile(options.path, options.clock, { write: options.write, onCopyFailure: options.onFailure })
    const { good, broken } = await file.read((text) => parseVersioned(text, options))
    if (broken) options.onFailure(new StudioError('settings-broken', brokenEvidence(options.path, broken), { cause: broken.failure }))
    return new JsonStore(good ? good.value : options.initial(), file, options.version, options.onFailure)
  }

  /** A store that forgets: for a run whose settings come from the command line, and for tests. */
  static inMemory<T>(value: T): JsonStore<T> {
    return new JsonStore<T>(value, null, 1, () => {})
  }

  get value(): T {
    return this.#value
  }

  /** False while the newest value is only in memory: not yet written, or the disk refused it. */
  get saved(): boolean {
    return this.#saved
  }

  /** Takes effect in memory at once. Resolves when it is on the disk, or when that failed and was reported. Never rejects. */
  set(value: T): Promise<void> {
    this.#value = value
    if (!this.#file) return Promise.resolve()
    this.#saved = false
    this.#writing ??= this.#writeUntilSaved(this.#file)
    return this.#writing
  }

  /** Resolves when nothing is being written any more. Never rejects. */
  async settled(): Promise<void> {
    await this.#writing
  }

  /** Values set while one is being written are written together, the newest only. */
  async #writeUntilSaved(file: CopiedFile): Promise<void> {
    while (!this.#saved) {
      const value = this.#value
      try {
        await file.write(`${JSON.stringify({ version: this.#version, data: value }, null, 2)}\n`)
        this.#saved = this.#value === value
      } catch (failure) {
        this.#onFailure(StudioError.from(failure))
        if (this.#value === value) break
      }
    }
    this.#writing = null
  }
}

function parseVersioned<T>(text: string, options: JsonStoreOptions<T>): T {
  const parsed: unknown = JSON.parse(text)
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed) || typeof parsed.version !== 'number' || !('data' in parsed)) {
    throw new Error('there is no version in it')
  }
  if (parsed.version > options.version) throw new Error(`written by a newer Castwright (version ${parsed.version})`)
  let data = parsed.data
  for (let version = parsed.version; version < options.version; version++) {
    const migrate = options.migrations?.[version]
    if (!migrate) throw new Error(`version ${version} is no longer known`)
    data = migrate(data)
  }
  const checked = options.schema.safeParse(data)
  if (!checked.success) throw new Error(firstProblem(checked.error))
  return checked.data
}
