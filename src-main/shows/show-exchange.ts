import { StudioError } from '@shared/domain/errors.ts'
import type { Show } from '@shared/domain/show.ts'
import type { AssetStore } from './asset-store.ts'
import { assetIdsOf, BundleReader, headLine, lineOfAsset, MAX_BUNDLE_ASSETS } from './show-bundle.ts'
import { parseShow, showFileName } from './show-text.ts'

export const BUNDLE_ENDING = '.castwright.jsonl'
/** Begun and never ended: the page went. */
const MAX_WAITING = 4

export interface ShowExchangeOptions {
  assets: AssetStore
  newId: () => string
  /** Takes the show in, under a new id where its own is taken. */
  add: (show: Show) => Promise<Show>
}

interface Import {
  reader: BundleReader
  /** Assets that were not there before. */
  brought: string[]
}

/** Shows with their media, piece by piece: no message to or from the page holds more than one asset. */
export class ShowExchange {
  readonly #options: ShowExchangeOptions
  readonly #exports = new Map<string, { show: Show; assetIds: string[] }>()
  readonly #imports = new Map<string, Import>()

  constructor(options: ShowExchangeOptions) {
    this.#options = options
  }

  /** The show as it is now; later changes are not in the file. An asset that is gone is left out, as it is on the canvas. */
  async beginExport(show: Show): Promise<{ exportId: string; fileName: string; parts: number }> {
    const assetIds: string[] = []
    for (const assetId of [...assetIdsOf(show)].slice(0, MAX_BUNDLE_ASSETS)) if (await this.#options.assets.has(assetId)) assetIds.push(assetId)
    const exportId = this.#options.newId()
    this.#exports.set(exportId, { show, assetIds })
    await dropOldest(this.#exports)
    return { exportId, fileName: showFileName(show.name, BUNDLE_ENDING), parts: assetIds.length + 1 }
  }

  /** Part 0 is the head, the others are one asset each. Throws `not-found` for a part that does not exist. */
  async exportPart(exportId: string, part: number): Promise<string> {
    const found = this.#exports.get(exportId)
    if (!found) throw new StudioError('not-found', 'this export was given up')
    if (part === found.assetIds.length) this.#exports.delete(exportId)
    if (part === 0) return headLine(found.show, found.assetIds)
    const assetId = found.assetIds[part - 1]
    const read = assetId === undefined ? null : await this.#options.assets.read(assetId)
    if (assetId === undefined || !read) throw new StudioError('not-found', 'a picture of the show is gone')
    return lineOfAsset(assetId, read.bytes)
  }

  /** The next piece of a file, `importId` null with the first. A file that cannot be used changes nothing: what it brought is removed. */
  async importPart(importId: string | null, text: string, isLast: boolean): Promise<{ importId: string; show: Show | null }> {
    const id = importId ?? this.#options.newId()
    if (importId === null) {
      this.#imports.set(id, this.#newImport())
      await dropOldest(this.#imports, (old) => this.#undo(old))
    }
    const current = this.#imports.get(id)
    if (!current) throw new StudioError('not-found', 'this import was given up')
    try {
      await current.reader.take(text)
      if (!isLast) return { importId: id, show: null }
      const show = parseShow(await current.reader.end())
      const added = await this.#options.add(show)
      this.#imports.delete(id)
      return { importId: id, show: added }
    } catch (thrown) {
      this.#imports.delete(id)
      await this.#undo(current)
      throw thrown
    }
  }

  #newImport(): Import {
    const brought: string[] = []
    const keep = async (assetId: string, base64: string) => {
      const kept = await this.#options.assets.keep(Buffer.from(base64, 'base64'), assetId).catch((failure: unknown) => {
        const { reason, evidence } = StudioError.from(failure)
        throw reason === 'input-invalid' ? new StudioError('show-broken', evidence, { cause: failure }) : failure
      })
      if (kept.isNew) brought.push(kept.assetId)
    }
    return { reader: new BundleReader({ keep }), brought }
  }

  async #undo({ brought }: Import): Promise<void> {
    for (const assetId of brought) await this.#options.assets.remove(assetId).catch(() => {})
  }
}

async function dropOldest<T>(waiting: Map<string, T>, drop: (old: T) => Promise<void> = async () => {}): Promise<void> {
  const [oldest] = waiting
  if (!oldest || waiting.size <= MAX_WAITING) return
  waiting.delete(oldest[0])
  await drop(oldest[1])
}
