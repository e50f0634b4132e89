import { createHash } from 'node:crypto'
import { readdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { showSummary } from '@shared/contracts/shows.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import { brokenEvidence, CopiedFile } from '../base/atomic-file-copies.ts'
import { fileFailure } from '../base/atomic-file.ts'
import type { Clock } from '../base/clock.ts'
import { parseShow, showText } from './show-text.ts'
import { makeFolder } from '../base/make-folder.ts'

export type ShowSummary = z.infer<typeof showSummary>

export interface ShowFolderOptions {
  dataDir: string
  clock: Pick<Clock, 'now' | 'monotonicMs'>
  /** Told of broken files that were set aside (`show-broken`, `show-newer`, `show-invalid`), and when older copies cannot be kept. */
  onFailure: (failure: StudioError) => void
}

/** The saved shows on the disk: one file each in `shows`, removed ones in `trash`. */
export class ShowFolder {
  readonly #options: ShowFolderOptions
  readonly #files = new Map<string, CopiedFile>()

  constructor(options: ShowFolderOptions) {
    this.#options = options
  }

  /** Every show that can be read, youngest first. Broken ones are set aside, and their newest good copy put in place. */
  async readAll(): Promise<{ show: Show; savedAtMs: number }[]> {
    const names = await readdir(this.#folder).catch(() => [])
    const found: { show: Show; savedAtMs: number }[] = []
    for (const name of names.filter((each) => each.endsWith('.json') && !each.includes('.broken-') && !each.startsWith('.'))) {
      const path = join(this.#folder, name)
      const savedAtMs = await stat(path).then((file) => file.mtimeMs, () => 0)
      const show = await this.#readFile(path)
      if (show) found.push({ show, savedAtMs })
    }
    return found.sort((a, b) => b.savedAtMs - a.savedAtMs)
  }

  /** Throws StudioError `folder-not-writable`, `disk-full` or `unexpected`; the file is then as it was. */
  async write(show: Show): Promise<void> {
    await this.#fileOf(this.#pathOf(show.id)).write(showText(show))
  }

  /** Moves the file to the trash folder. Older copies stay where they are. */
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

  async #readFile(path: string): Promise<Show | null> {
    const file = this.#fileOf(path)
    const { good, broken } = await file.read(parseShow)
    if (broken) {
      const reason = broken.failure instanceof StudioError ? broken.failure.reason : 'show-broken'
      this.#options.onFailure(new StudioError(reason, brokenEvidence(path, broken), { cause: broken.failure }))
      if (good) await file.write(showText(good.value)).catch((failure: unknown) => this.#options.onFailure(StudioError.from(failure)))
    }
    return good?.value ?? null
  }

  #fileOf(path: string): CopiedFile {
    const known = this.#files.get(path) ?? new CopiedFile(path, this.#options.clock, { onCopyFailure: this.#options.onFailure })
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

/** An id that is no safe file name (it may come from somebody else's show file) is replaced by its hash. */
function fileStem(showId: string): string {
  return /^[a-z0-9][a-z0-9_-]*$/.test(showId) ? showId : `h-${createHash('sha256').update(showId).digest('hex').slice(0, 32)}`
}
