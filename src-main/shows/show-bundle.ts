import { z } from 'zod'
import { StudioError } from '@shared/domain/errors.ts'
import { type Show } from '@shared/domain/show.ts'
import { MAX_ASSET_BYTES } from './asset-store.ts'

/**
 * A show with its media in one file, as JSON Lines: the first line is the head with the show, each further line one
 * asset, so that neither end ever holds more than one asset.
 * `{"castwright":"show","version":1,"assets":["<id>",…],"show":{…}}` · `{"asset":"<id>","base64":"…"}` · …
 */
export const BUNDLE_VERSION = 1
export const MAX_BUNDLE_ASSETS = 1000
/** All assets together. A larger show is a mistake, or meant to fill the disk. */
export const MAX_BUNDLE_BYTES = 1024 * 1024 * 1024
/** What importing a show without its media takes too. */
export const MAX_HEAD_LENGTH = 20_000_000
const MAX_LINE_LENGTH = Math.ceil(MAX_ASSET_BYTES / 3) * 4 + 1000

const head = z.object({ castwright: z.literal('show'), version: z.number(), assets: z.array(z.string().max(200)).max(MAX_BUNDLE_ASSETS), show: z.unknown() })
const assetLine = z.object({ asset: z.string(), base64: z.string() })

export const headLine = (show: Show, assetIds: readonly string[]): string => `${JSON.stringify({ castwright: 'show', version: BUNDLE_VERSION, assets: assetIds, show })}\n`
export const lineOfAsset = (assetId: string, bytes: Uint8Array): string => `${JSON.stringify({ asset: assetId, base64: Buffer.from(bytes).toString('base64') })}\n`

/** Everything in a show that is the id of an asset, each once, wherever it stands. */
export function assetIdsOf(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string') {
    if (/^[0-9a-f]{64}\.[a-z0-9]{2,5}$/.test(value)) found.add(value)
  } else if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) assetIdsOf(each, found)
  }
  return found
}

export interface BundleReaderOptions {
  /** Keeps an asset under its id; rejects when its bytes are not what its id says. */
  keep: (assetId: string, base64: string) => Promise<void>
}

/**
 * Reads a bundle piece by piece as it comes in; also the text of a show without media, as it was exported before.
 * Every method throws StudioError `show-broken`, `show-newer` or `show-invalid`; what was kept by then is the caller's to remove.
 */
export class BundleReader {
  readonly #keep: BundleReaderOptions['keep']
  #rest = ''
  /** null = the head is not here yet. A text without a head is a show without media. */
  #kind: 'bundle' | 'plain' | null = null
  #show: unknown = null
  #wanted = new Set<string>()
  #bytes = 0

  constructor(options: BundleReaderOptions) {
    this.#keep = options.keep
  }

  async take(text: string): Promise<void> {
    this.#rest += text
    if (this.#kind === null) this.#readHead(false)
    if (this.#kind === 'bundle') await this.#readLines()
    const allowed = this.#kind === 'bundle' ? MAX_LINE_LENGTH : MAX_HEAD_LENGTH
    if (this.#rest.length > allowed) throw new StudioError('show-broken', 'it is larger than any show')
  }

  /** The show as text, still to be parsed. */
  async end(): Promise<string> {
    if (this.#kind === null) this.#readHead(true)
    if (this.#kind !== 'bundle') return this.#rest
    if (this.#rest.trim() !== '') await this.#readAsset(this.#rest)
    if (this.#wanted.size > 0) throw new StudioError('show-broken', `the file is cut off: ${this.#wanted.size} of its pictures are missing`)
    return JSON.stringify(this.#show)
  }

  #readHead(isAll: boolean): void {
    const end = this.#rest.indexOf('\n')
    if (end < 0 && !isAll) return
    const line = end < 0 ? this.#rest : this.#rest.slice(0, end)
    const read = head.safeParse(jsonOf(line))
    if (!read.success) {
      this.#kind = 'plain'
      return
    }
    if (read.data.version > BUNDLE_VERSION) throw new StudioError('show-newer', `the file's version is ${read.data.version}`)
    this.#kind = 'bundle'
    this.#show = read.data.show
    this.#wanted = new Set(read.data.assets)
    this.#rest = end < 0 ? '' : this.#rest.slice(end + 1)
  }

  async #readLines(): Promise<void> {
    const lines = this.#rest.split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') await this.#readAsset(line)
  }

  async #readAsset(line: string): Promise<void> {
    if (line.length > MAX_LINE_LENGTH) throw new StudioError('show-broken', 'one of its pictures is too large')
    const read = assetLine.safeParse(jsonOf(line))
    if (!read.success) throw new StudioError('show-broken', 'one of its lines is no picture')
    const { asset, base64 } = read.data
    if (!this.#wanted.delete(asset)) throw new StudioError('show-broken', 'there is a picture in it that its head does not name')
    this.#bytes += base64.length * 0.75
    if (this.#bytes > MAX_BUNDLE_BYTES) throw new StudioError('show-broken', `its pictures are larger than ${MAX_BUNDLE_BYTES / 1024 / 1024} MB together`)
    await this.#keep(asset, base64)
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text)
  } catch {
    return null
  }
}
