import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import type { Generation, shows } from '@shared/contracts/shows.ts'
import type { LeftOut } from '@shared/domain/obs-import.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import { systemCode } from '../base/atomic-file.ts'
import { JsonStore } from '../base/json-store.ts'
import { Topic } from '../rpc/topic.ts'
import { AssetStore } from './asset-store.ts'
import { newShow } from './new-show.ts'
import { importObs } from './obs/import-obs.ts'
import { ShowExchange } from './show-exchange.ts'
import { ShowFolder, type ShowFolderOptions, type ShowSummary } from './show-folder.ts'
import { parseShow, showFileName, showText } from './show-text.ts'

export interface ShowStoreOptions extends ShowFolderOptions {
  /** A new id: unique, at most 64 characters. */
  newId: () => string
  /** The show to start with instead of the last one: from the command line, or the demonstration. */
  startWith?: Show
}

interface Known {
  show: Show
  savedAtMs: number
}

/**
 * Serves the `shows` contract: keeps, saves and restores what is composed. Everything known is also in memory,
 * so that the studio goes on when the disk is full or read-only; the failure is reported, and thrown to whoever saved.
 */
export class ShowStore implements Handlers<typeof shows> {
  readonly list = new Topic<ShowSummary[]>([])
  readonly assets: AssetStore
  readonly #options: ShowStoreOptions
  readonly #folder: ShowFolder
  readonly #shows = new Map<string, Known>()
  readonly #last: JsonStore<{ showId: string }>
  readonly #exchange: ShowExchange
  #currentId: string
  #firstRun = false
  #writing: Promise<unknown> = Promise.resolve()

  private constructor(options: ShowStoreOptions, folder: ShowFolder, last: JsonStore<{ showId: string }>, found: readonly Known[]) {
    this.#options = options
    this.#folder = folder
    this.#last = last
    this.assets = new AssetStore(join(options.dataDir, 'assets'))
    this.#exchange = new ShowExchange({ assets: this.assets, newId: options.newId, add: (show) => this.#takeIn(show) })
    for (const known of found) this.#shows.set(known.show.id, known)
    const lastOrYoungest = this.#shows.get(last.value.showId) ?? found.find(({ show }) => !isFromCommandLine(show.id))
    this.#firstRun = !options.startWith && !lastOrYoungest
    const current = options.startWith ?? lastOrYoungest?.show ?? newShow(options.newId(), '')
    this.#currentId = current.id
    // Not saved yet: it appears in the list with its first save.
    if (this.#shows.get(current.id)?.show !== current) this.#shows.set(current.id, { show: current, savedAtMs: 0 })
    this.#publish()
  }

  static async open(options: ShowStoreOptions): Promise<ShowStore> {
    const folder = new ShowFolder(options)
    const last = await JsonStore.open({
      path: join(options.dataDir, 'last-show.json'), version: 1, schema: z.object({ showId: z.string().max(64) }),
      initial: () => ({ showId: '' }), clock: options.clock, onFailure: options.onFailure,
    })
    return new ShowStore(options, folder, last, await folder.readAll())
  }

  /** The show that is on, for main's own use (its encoding, its name). */
  get currentShow(): Show {
    return this.#find(this.#currentId)
  }

  current = (): { show: Show; firstRun: boolean } => ({ show: this.currentShow, firstRun: this.#firstRun })

  save = async (show: Show): Promise<void> => {
    this.#currentId = show.id
    this.#firstRun = false
    this.#keep(show)
    await this.#write(show)
    await this.#remember()
  }

  open = async ({ showId }: { showId: string }): Promise<Show> => {
    const show = this.#find(showId)
    this.#currentId = showId
    // Whoever follows the current show learns of it by the list.
    this.#publish()
    await this.#remember()
    return show
  }

  create = async ({ name }: { name: string }): Promise<Show> => this.#add(newShow(this.#options.newId(), name))

  duplicate = async ({ showId, name }: { showId: string; name: string }): Promise<Show> => this.#add({ ...this.#find(showId), id: this.#options.newId(), name })

  generations = async ({ showId }: { showId: string }): Promise<Generation[]> => {
    this.#find(showId)
    await this.#writing
    const found = await this.#folder.generations(showId)
    return found.map(({ id, savedAtMs, show }) => ({ id, savedAtMs, name: show.name, sceneCount: show.scenes.length, sourceCount: show.sources.length }))
  }

  restore = async ({ showId, generationId }: { showId: string; generationId: string }): Promise<Show> => {
    this.#find(showId)
    await this.#writing
    const found = (await this.#folder.generations(showId)).find(({ id }) => id === generationId)
    if (!found) throw new StudioError('not-found', 'this older state no longer exists')
    this.#keep(found.show)
    await this.#write(found.show, { keepBefore: true })
    return found.show
  }

  remove = async ({ showId }: { showId: string }): Promise<void> => {
    this.#find(showId)
    await this.#serially(() => this.#folder.discard(showId))
    this.#shows.delete(showId)
    if (showId === this.#currentId) {
      const next = this.#summaries()[0]
      if (next) this.#currentId = next.id
      else await this.#add(newShow(this.#options.newId(), ''))
    }
    this.#publish()
    await this.#remember()
  }

  importText = async ({ text }: { text: string }): Promise<Show> => this.#takeIn(parseShow(text))

  beginExport = ({ showId }: { showId: string }): ReturnType<ShowExchange['beginExport']> => this.#exchange.beginExport(this.#find(showId))

  exportPart = async ({ exportId, part }: { exportId: string; part: number }): Promise<{ text: string }> => ({ text: await this.#exchange.exportPart(exportId, part) })

  importPart = ({ importId, text, isLast }: { importId: string | null; text: string; isLast: boolean }): ReturnType<ShowExchange['importPart']> =>
    this.#exchange.importPart(importId, text, isLast)

  importObs = async ({ text, canvas }: { text: string; canvas: { width: number; height: number } | null }): Promise<{ show: Show; leftOut: LeftOut[] }> => {
    const { show, leftOut } = await importObs(text, { canvas, encoding: this.currentShow.encoding, assets: this.assets, newId: this.#options.newId })
    return { show: await this.#takeIn(show), leftOut }
  }

  /** Pictures are not part of the text; their ids are. */
  exportText = ({ showId }: { showId: string }): { fileName: string; text: string } => {
    const show = this.#find(showId)
    return { fileName: showFileName(show.name), text: showText(show) }
  }

  addAsset = async ({ base64 }: { base64: string }): Promise<{ assetId: string }> => ({ assetId: await this.assets.add(base64) })

  /** Resolves when everything saved so far is on the disk or has failed. */
  async settled(): Promise<void> {
    await this.#writing
    await this.#last.settled()
  }

  async #add(show: Show): Promise<Show> {
    await this.save(show)
    return show
  }

  /** A show whose id is taken gets a new one: importing never overwrites. One that cannot be saved is not taken in. */
  async #takeIn(given: Show): Promise<Show> {
    const show = this.#shows.has(given.id) ? { ...given, id: this.#options.newId() } : given
    const before = { currentId: this.#currentId, firstRun: this.#firstRun }
    try {
      return await this.#add(show)
    } catch (failure) {
      this.#shows.delete(show.id)
      if (this.#currentId === show.id) this.#currentId = before.currentId
      this.#firstRun = before.firstRun
      this.#publish()
      throw failure
    }
  }

  #find(showId: string): Show {
    const known = this.#shows.get(showId)
    if (!known) throw new StudioError('not-found', 'this show no longer exists')
    return known.show
  }

  #keep(show: Show): void {
    this.#shows.set(show.id, { show, savedAtMs: this.#options.clock.now() })
    this.#publish()
  }

  /** The newest of several saves of one show is written; older ones that still wait are skipped. */
  #write(show: Show, how: { keepBefore?: boolean } = {}): Promise<void> {
    return this.#serially(async () => {
      if (this.#shows.get(show.id)?.show !== show) return
      await this.#folder.write(show, how).catch((failure: unknown) => {
        this.#options.onFailure(StudioError.from(failure))
        throw failure
      })
    })
  }

  /** A show that one run was given does not take the place of the one that the next start goes on with. */
  #remember(): Promise<void> {
    const isKnown = this.#last.value.showId === this.#currentId || isFromCommandLine(this.#currentId)
    return isKnown ? Promise.resolve() : this.#last.set({ showId: this.#currentId })
  }

  #serially<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#writing.then(work)
    this.#writing = result.catch(() => {})
    return result
  }

  #summaries(): ShowSummary[] {
    return [...this.#shows.values()]
      .filter((each) => each.savedAtMs > 0)
      .map(({ show, savedAtMs }) => ({ id: show.id, name: show.name, savedAtMs }))
      .sort((a, b) => b.savedAtMs - a.savedAtMs)
  }

  #publish(): void {
    this.list.set(this.#summaries())
  }
}

/** The id of the show that a headless run without a show of its own is given. */
export const DEMONSTRATION_ID = 'demonstration'
const FILE_ID = /^file-[0-9a-f]{16}$/

function isFromCommandLine(showId: string): boolean {
  return showId === DEMONSTRATION_ID || FILE_ID.test(showId)
}

/**
 * Reads the show file named on the command line. It is never written to: changes go to the saved shows, under an id
 * made from the file's path, so that they cannot overwrite a show of one's own.
 * Throws StudioError `not-found`, `show-broken`, `show-newer` or `show-invalid`.
 */
export async function readShowFile(path: string): Promise<Show> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new StudioError(systemCode(error) === 'ENOENT' ? 'not-found' : 'show-broken', `${path} (${systemCode(error)})`, { cause: error })
  })
  return { ...parseShow(text), id: `file-${createHash('sha256').update(resolve(path)).digest('hex').slice(0, 16)}` }
}
