import { copyFile, readFile, rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { fileFailure, systemCode, writeFileAtomic, type AtomicWriteOptions } from './atomic-file.ts'
import type { Clock } from './clock.ts'
import { makeFolder } from './make-folder.ts'

export const OLDER_COPIES = 10
/** A page that saves on every move would push everything worth having out of ten copies within seconds. */
export const COPY_EVERY_MS = 60_000

export interface GoodText<T> {
  value: T
  /** Which text was good: the file itself, or one of its older copies. */
  from: 'file' | 'copy'
}

export interface ReadOutcome<T> {
  /** null when nothing was there, or nothing of it was good. */
  good: GoodText<T> | null
  /** Set when the file itself was there and no good; `setAside` is where it is now, or null when it could not be moved. */
  broken: { failure: unknown; setAside: string | null } | null
}

export interface CopiedFileOptions extends AtomicWriteOptions {
  /** Told once, until copies can be made again, that the file was written without keeping what was there before. */
  onCopyFailure?: (failure: StudioError) => void
}

/**
 * One text file with ten older copies in the folder `older` beside it (`older/name.1.json` is the youngest).
 * A copy is made at the first write of a session and then at most once a minute.
 */
export class CopiedFile {
  readonly path: string
  readonly #clock: Pick<Clock, 'now' | 'monotonicMs'>
  readonly #options: CopiedFileOptions
  #copiedAtMs: number | null = null
  #copyFailureTold = false

  constructor(path: string, clock: Pick<Clock, 'now' | 'monotonicMs'>, options: CopiedFileOptions = {}) {
    this.path = path
    this.#clock = clock
    this.#options = options
  }

  /**
   * Throws StudioError `folder-not-writable`, `disk-full` or `unexpected`; then the file is as it was.
   * A copy that cannot be made keeps nothing from being saved: the newest text is worth more than an old one.
   */
  async write(text: string): Promise<void> {
    const nowMs = this.#clock.monotonicMs()
    const due = this.#copiedAtMs === null || nowMs - this.#copiedAtMs >= COPY_EVERY_MS
    const copyFailure = due ? await this.#keepCopy().then(() => null, (error: unknown) => StudioError.from(error)) : null
    if (due) this.#copiedAtMs = nowMs
    await writeFileAtomic(this.path, text, this.#options)
    // Only now: where the file itself cannot be written either, that is all there is to say.
    if (copyFailure && !this.#copyFailureTold) this.#options.onCopyFailure?.(copyFailure)
    if (due) this.#copyFailureTold = copyFailure !== null
  }

  /**
   * Reads the newest text that `parse` takes: the file, else its copies from young to old.
   * A file that `parse` throws at is renamed to `name.broken-<time>.json` so that nothing overwrites it.
   */
  async read<T>(parse: (text: string) => T): Promise<ReadOutcome<T>> {
    let broken: ReadOutcome<T>['broken'] = null
    try {
      const text = await readFile(this.path, 'utf8')
      return { good: { value: parse(text), from: 'file' }, broken }
    } catch (failure) {
      if (!isAbsent(failure)) broken = { failure, setAside: await this.#setAside() }
    }
    for (let age = 1; age <= OLDER_COPIES; age++) {
      try {
        return { good: { value: parse(await readFile(this.#copyPath(age), 'utf8')), from: 'copy' }, broken }
      } catch {
        // An older one may do.
      }
    }
    return { good: null, broken }
  }

  async #setAside(): Promise<string | null> {
    const stamp = new Date(this.#clock.now()).toISOString().replaceAll(':', '-').replace(/\.\d+Z$/, 'Z')
    const { stem, extension } = this.#nameParts()
    const aside = join(dirname(this.path), `${stem}.broken-${stamp}${extension}`)
    return rename(this.path, aside).then(() => aside, () => null)
  }

  async #keepCopy(): Promise<void> {
    const fresh = this.#copyPath(0)
    try {
      await makeFolder(dirname(fresh))
      // First the new copy, whole; only then do the older ones move up.
      await copyFile(this.path, fresh)
      for (let age = OLDER_COPIES - 1; age >= 0; age--) {
        await rename(this.#copyPath(age), this.#copyPath(age + 1)).catch((error: unknown) => {
          if (systemCode(error) !== 'ENOENT') throw error
        })
      }
    } catch (error) {
      await rm(fresh, { force: true }).catch(() => {})
      if (!isAbsent(error)) throw fileFailure(error, fresh)
    }
  }

  /** Age 0 is the name of a copy in the making. */
  #copyPath(age: number): string {
    const { stem, extension } = this.#nameParts()
    return join(dirname(this.path), 'older', `${stem}.${age}${extension}`)
  }

  #nameParts(): { stem: string; extension: string } {
    const extension = extname(this.path)
    return { stem: basename(this.path, extension), extension }
  }
}

const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error))

/** Evidence for a file that was set aside: what was wrong with it and where it is now. */
export function brokenEvidence(path: string, broken: { failure: unknown; setAside: string | null }): string {
  const { failure, setAside } = broken
  const said = failure instanceof StudioError ? failure.evidence : failure instanceof Error ? failure.message : String(failure)
  return setAside ? `${basename(path)}: ${said} (kept as ${basename(setAside)})` : `${basename(path)}: ${said}`
}
