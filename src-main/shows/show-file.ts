import { createHash } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { systemCode, writeFileAtomic, type AtomicWriteOptions } from '../base/atomic-file.ts'
import type { Clock } from '../base/clock.ts'
import { crowdedGeneration, GENERATION_EVERY_MS } from './generation-times.ts'

/** One older state of a show file. The id is its file's name without the show's. */
export interface Generation {
  id: string
  savedAtMs: number
  path: string
}

export interface ShowFileOptions {
  clock: Pick<Clock, 'now'>
  /** Told once, until generations can be kept again, that the file was written without keeping what was there before. */
  onFailure: (failure: StudioError) => void
  /** Given by tests that fill a disk. */
  write?: AtomicWriteOptions['write']
}

/** What reading came to: the newest good text, and whether the file itself was broken. */
export interface ReadShowFile<T> {
  good: { value: T; savedAtMs: number; from: 'file' | 'generation' } | null
  /** `setAside` is where the broken file is now, or null when it could not be moved. */
  broken: { failure: unknown; setAside: string | null } | null
}

/**
 * A show's file and its last ten distinct states in the folder `older` beside it, named by when each was saved:
 * `older/<name>.<ms since 1970>-<hash>.json`. Each write of either is whole or not at all.
 */
export class ShowFile {
  readonly path: string
  readonly #options: ShowFileOptions
  #failureTold = false

  constructor(path: string, options: ShowFileOptions) {
    this.path = path
    this.#options = options
  }

  /**
   * Throws StudioError `folder-not-writable`, `disk-full` or `unexpected`; then the file is as it was. A generation that
   * cannot be kept keeps nothing from being saved. `keepBefore`: what was there becomes a generation however young the last one is.
   */
  async write(text: string, { keepBefore = false } = {}): Promise<void> {
    const failure = await this.#keepGeneration(text, keepBefore).then(() => null, (error: unknown) => StudioError.from(error))
    await writeFileAtomic(this.path, text, this.#writing)
    // Generations are told apart by the studio's clock, not by the file system's.
    const savedAt = this.#options.clock.now() / 1000
    await utimes(this.path, savedAt, savedAt).catch(() => {})
    if (failure && !this.#failureTold) this.#options.onFailure(failure)
    this.#failureTold = failure !== null
  }

  /** Youngest first. Never throws. */
  async generations(): Promise<Generation[]> {
    const folder = this.#olderFolder
    const names = await readdir(folder).catch(() => [])
    const found: Generation[] = []
    for (const name of names) {
      if (!name.startsWith(`${this.#stem}.`) || !name.endsWith('.json')) continue
      const id = name.slice(this.#stem.length + 1, -'.json'.length)
      const path = join(folder, name)
      const named = /^(\d{12,15})-[0-9a-f]{12}$/.exec(id)?.[1]
      // `<name>.1.json` and the like are copies as they were named before; they have no time but the file's own.
      if (!named && !/^\d{1,2}$/.test(id)) continue
      found.push({ id, path, savedAtMs: named ? Number(named) : await stat(path).then((file) => file.mtimeMs, () => 0) })
    }
    return found.sort((a, b) => b.savedAtMs - a.savedAtMs)
  }

  /** Reads the newest text that `parse` takes: the file, else its generations. A broken file is renamed, so that nothing overwrites it. */
  async read<T>(parse: (text: string) => T): Promise<ReadShowFile<T>> {
    let broken: ReadShowFile<T>['broken'] = null
    try {
      const value = parse(await readFile(this.path, 'utf8'))
      return { good: { value, savedAtMs: await this.#savedAtMs(), from: 'file' }, broken }
    } catch (failure) {
      if (!isAbsent(failure)) broken = { failure, setAside: await this.#setAside() }
    }
    for (const { path, savedAtMs } of await this.generations()) {
      try {
        return { good: { value: parse(await readFile(path, 'utf8')), savedAtMs, from: 'generation' }, broken }
      } catch {
        // An older one may do.
      }
    }
    return { good: null, broken }
  }

  async #keepGeneration(next: string, always: boolean): Promise<void> {
    const before = await readFile(this.path, 'utf8').catch((error: unknown) => {
      if (isAbsent(error)) return null
      throw StudioError.from(error)
    })
    if (before === null || before === next) return
    const kept = await this.generations()
    const savedAtMs = Math.round(await this.#savedAtMs())
    const nowMs = this.#options.clock.now()
    // A computer whose clock was set back has generations of the future; they hold nothing up.
    const sinceMs = kept[0] ? nowMs - kept[0].savedAtMs : GENERATION_EVERY_MS
    if (!always && sinceMs >= 0 && sinceMs < GENERATION_EVERY_MS) return
    const hash = createHash('sha256').update(before).digest('hex').slice(0, 12)
    const id = `${savedAtMs}-${hash}`
    await writeFileAtomic(join(this.#olderFolder, `${this.#stem}.${id}.json`), before, this.#writing)
    const twins = kept.filter((each) => each.id !== id && each.id.endsWith(`-${hash}`))
    const others = kept.filter((each) => each.id !== id && !twins.includes(each))
    const crowded = crowdedGeneration([savedAtMs, ...others.map((each) => each.savedAtMs)], nowMs)
    for (const { path } of [...twins, ...others.slice(Math.max(0, crowded - 1), Math.max(0, crowded))]) await rm(path, { force: true }).catch(() => {})
  }

  async #setAside(): Promise<string | null> {
    const stamp = new Date(this.#options.clock.now()).toISOString().replaceAll(':', '-').replace(/\.\d+Z$/, 'Z')
    const aside = join(dirname(this.path), `${this.#stem}.broken-${stamp}.json`)
    return rename(this.path, aside).then(() => aside, () => null)
  }

  #savedAtMs(): Promise<number> {
    return stat(this.path).then((file) => file.mtimeMs, () => 0)
  }

  get #writing(): AtomicWriteOptions {
    return this.#options.write ? { write: this.#options.write } : {}
  }

  get #stem(): string {
    return basename(this.path, '.json')
  }

  get #olderFolder(): string {
    return join(dirname(this.path), 'older')
  }
}

const isAbsent = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error))
