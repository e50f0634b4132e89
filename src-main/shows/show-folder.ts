import { createHash } from 'node:crypto'
import { readdir, readFile, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { showSummary } from '@shared/contracts/shows.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import { brokenEvidence } from '../base/atomic-file-copies.ts'
import { fileFailure, type AtomicWriteOptions } from '../base/atomic-file.ts'
import type { Clock } from '../base/clock.ts'
import { makeFolder } from '../base/make-folder.ts'
import { ShowFile, type Generation } from './show-file.ts'
import { parseShow, showText } from './show-text.ts'

export type ShowSummary = z.infer<typeof showSummary>

export interface ShowFolderOptions {
  dataDir: string
  clock: Pick<Clock, 'now' | 'monotonicMs'>
  /** Told of broken files that were set aside (`show-broken`, `show-newer`, `show-invalid`), and when older states cannot be kept. */
  onFailure: (failure: StudioError) => void
  /** Given by tests that fill a disk. */
  write?: AtomicWriteOptions['write']
}

/** The saved shows on the disk: one file each in `shows`, removed ones in `trash`. */
export class ShowFolder {
  readonly #options: ShowFolderOptions
  readonly #files = new Map<string, ShowFile>()

  constructor(options: ShowFolderOptions) {
    this.#options = options
  }

  /** Every show that can be read, youngest first. Broken ones are set aside, and their newest good generation put in place. */
  async readAll(): Promise<{ show: Show; savedAtMs: number }[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const found: { show: Show; savedAtMs: number }[] = []
    for (const name of names.filter((each) => each.endsWith('.json') && !each.includes('.broken-') && !each.startsWith('.'))) {
      const path = join(this.#folder, name)
      const read = await this.#readFile(path)
      if (read) found.push(read)
    }
    return found.sort((a, b) => b.savedAtMs - a.savedAtMs)
  }

  /** Throws StudioError `folder-not-writable`, `disk-full` or `unexpected`; the file is then as it was. */
  async write(show: Show, options: { keepBefore?: boolean } = {}): Promise<void> {
    await this.#fileOf(this.#pathOf(show.id)).write(showText(show), options)
  }

  /** The older states of a show that can still be read, youngest first. */
  async generations(showId: string): Promise<{ id: string; savedAtMs: number; show: Show }[]> {
    const found = await this.#fileOf(this.#pathOf(showId)).generations()
    const read = await Promise.all(found.map(async (each) => ({ id: each.id, savedAtMs: each.savedAtMs, show: await readGeneration(each, showId) })))
    return read.flatMap((each) => (each.show ? [{ ...each, show: each.show }] : []))
  }

  /** Moves the file to the trash folder. Older states stay where they are. */
  async discard(showId: string): Promise<void> {
    const path = this.#pathOf(showId)
    const trash = join(this.#options.dataDir, 'trash')
    const stamp = new Date(this.#options.clock.now()).toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '-')
    try {
      await makeFolder(trash)
      await rename(path, join(trash, `${fileStem(showId)}-${stamp}.json`))
    } catch (error) {
      if (await stat(path).then(() => true, () => false)) throw fileFailure(error, path)
    }
    this.#files.delete(path)
  }

  async #readFile(path: string): Promise<{ show: Show; savedAtMs: number } | null> {
    const file = this.#fileOf(path)
    const { good, broken } = await file.read(parseShow)
    if (broken) {
      const reason = broken.failure instanceof StudioError ? broken.failure.reason : 'show-broken'
      const instead = good ? `; taken instead: its state of ${new Date(good.savedAtMs).toISOString()}` : ''
      this.#options.onFailure(new StudioError(reason, `${brokenEvidence(path, broken)}${instead}`, { cause: broken.failure }))
      if (good) await file.write(showText(good.value)).catch((failure: unknown) => this.#options.onFailure(StudioError.from(failure)))
    }
    return good && { show: good.value, savedAtMs: good.savedAtMs }
  }

  #fileOf(path: string): ShowFile {
    const known = this.#files.get(path) ?? new ShowFile(path, this.#options)
    this.#files.set(path, known)
    return known
  }

  #pathOf(showId: string): string {
    return join(this.#folder, `${fileStem(showId)}.json`)
  }

  get #folder(): string {
    return join(this.#options.dataDir, 'shows')
  }
}

/** A name is shared by nobody else; still, only the same show's states are its own. */
async function readGeneration({ path }: Generation, showId: string): Promise<Show | null> {
  try {
    const show = parseShow(await readFile(path, 'utf8'))
    return show.id === showId ? show : null
  } catch {
    return null
  }
}

/** An id that is no safe file name (it may come from somebody else's show file) is replaced by its hash. */
function fileStem(showId: string): string {
  return /^[a-z0-9][a-z0-9_-]*$/.test(showId) ? showId : `h-${createHash('sha256').update(showId).digest('hex').slice(0, 32)}`
}
