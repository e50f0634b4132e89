import { isAbsolute, join, normalize } from 'node:path'
import { z } from 'zod'
import type { TextFile, textFiles } from '@shared/contracts/text-files.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Clock } from '../base/clock.ts'
import { JsonStore } from '../base/json-store.ts'
import { Topic } from '../rpc/topic.ts'
import { WatchedFile } from './watched-file.ts'

/** At most so many files are read for one show, and so many remembered as allowed. */
const MAX_FILES = 50
const MAX_ALLOWED = 500

const allowedFiles = z.array(z.string().max(4000)).max(MAX_ALLOWED)

export interface TextFilesOptions {
  dataDir: string
  clock: Pick<Clock, 'now' | 'monotonicMs' | 'every'>
  onFailure: (failure: StudioError) => void
  /** The system's dialog; null when the user gives up, `not-found` where there is none. */
  choose(): Promise<string | null>
}

/**
 * Files whose words a show's texts take. A show may come from anybody and its picture goes to everybody, so only files are
 * read that the user of this computer has chosen or typed here.
 */
export class TextFiles {
  readonly files = new Topic<TextFile[]>([])
  readonly handlers: Handlers<typeof textFiles> = {
    choose: async () => {
      const path = await this.options.choose()
      if (path !== null) await this.#allow(path)
      return { path }
    },
    allow: ({ path }) => this.#allow(path),
  }
  #watched = new Map<string, WatchedFile>()
  #told = new Map<string, TextFile>()
  #wanted: readonly string[] = []

  private constructor(
    private readonly options: TextFilesOptions,
    private readonly store: JsonStore<string[]>,
  ) {}

  static async open(options: TextFilesOptions): Promise<TextFiles> {
    const { dataDir, clock, onFailure } = options
    return new TextFiles(options, await JsonStore.open({ path: join(dataDir, 'text-files.json'), version: 1, schema: allowedFiles, initial: () => [], clock, onFailure }))
  }

  /** Reads the files that this show names, and no others any more. */
  follow(show: Pick<Show, 'sources'>): void {
    this.#wanted = [...new Set(show.sources.flatMap((each) => (each.kind === 'text' && each.from?.kind === 'file' && each.from.path !== '' ? [each.from.path] : [])))].slice(0, MAX_FILES)
    for (const [path, file] of this.#watched) {
      if (this.#wanted.includes(path)) continue
      file.close()
      this.#watched.delete(path)
    }
    for (const path of this.#told.keys()) if (!this.#wanted.includes(path)) this.#told.delete(path)
    for (const path of this.#wanted) this.#begin(path)
  }

  settled(): Promise<void> {
    return this.store.settled()
  }

  close(): void {
    for (const file of this.#watched.values()) file.close()
    this.#watched.clear()
  }

  async #allow(path: string): Promise<void> {
    if (!isAbsolute(path)) throw new StudioError('input-invalid', 'the path of a file must be absolute')
    if (!this.store.value.includes(path)) await this.store.set([...this.store.value.slice(1 - MAX_ALLOWED), path])
    if (this.#wanted.includes(path)) this.#begin(path)
  }

  #begin(path: string): void {
    if (this.#watched.has(path)) return
    const refused = !isAbsolute(path) ? 'input-invalid' : this.store.value.some((each) => normalize(each) === normalize(path)) ? null : 'permission-denied'
    if (refused) return this.#tell({ path, text: null, problem: refused })
    this.#watched.set(path, new WatchedFile(path, this.options.clock, (file) => this.#tell(file)))
  }

  #tell(file: TextFile): void {
    const before = this.#told.get(file.path)
    if (before && JSON.stringify(before) === JSON.stringify(file)) return
    this.#told.set(file.path, file)
    this.files.set([...this.#told.values()])
  }
}
