import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../../base/atomic-file.ts'
import { MANIFEST_FOLDER } from '../manifest.ts'
import type { FoundFile } from './scan-folder.ts'

const entry = z.object({
  sizeBytes: z.number(),
  modifiedAtMs: z.number(),
  /** False: the file cannot be read as what its name says. */
  readable: z.boolean(),
  durationMs: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
})
export type KnownFile = Pick<z.infer<typeof entry>, 'readable' | 'durationMs' | 'width' | 'height'>
const cacheFile = z.object({ version: z.literal(1), files: z.record(z.string(), entry) })

/** What was found out about files, for as long as they have the same size and time. Kept beside the recordings, and no loss when it is gone. */
export class FactsCache {
  #files: z.infer<typeof cacheFile>['files'] = {}
  #changed = false

  private constructor(private readonly path: string) {}

  static async open(folder: string): Promise<FactsCache> {
    const cache = new FactsCache(join(folder, MANIFEST_FOLDER, 'cache', 'files.json'))
    try {
      cache.#files = cacheFile.parse(JSON.parse(await readFile(cache.path, 'utf8'))).files
    } catch {
      // None yet, or one that another version wrote: everything is looked at again.
    }
    return cache
  }

  get(file: FoundFile): KnownFile | null {
    const known = this.#files[file.path]
    return known && known.sizeBytes === file.sizeBytes && known.modifiedAtMs === file.modifiedAtMs ? known : null
  }

  set(file: FoundFile, known: KnownFile): void {
    this.#files[file.path] = { sizeBytes: file.sizeBytes, modifiedAtMs: file.modifiedAtMs, readable: known.readable, durationMs: known.durationMs, width: known.width, height: known.height }
    this.#changed = true
  }

  /** Writes what is new, without files that are gone. Failing to is no loss. */
  async save(present: readonly FoundFile[]): Promise<void> {
    if (!this.#changed) return
    this.#changed = false
    const paths = new Set(present.map(({ path }) => path))
    this.#files = Object.fromEntries(Object.entries(this.#files).filter(([path]) => paths.has(path)))
    await writeFileAtomic(this.path, JSON.stringify({ version: 1, files: this.#files })).catch(() => {})
  }
}
