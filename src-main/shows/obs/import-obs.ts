import { readFile, stat } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import type { Encoding } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { LeftOut } from '@shared/domain/obs-import.ts'
import { show as showSchema, type Show } from '@shared/domain/show.ts'
import { firstProblem } from '../../base/json-store-problem.ts'
import { MAX_ASSET_BYTES, type AssetStore } from '../asset-store.ts'
import { readObsCollection } from './obs-collection.ts'
import type { Size } from './obs-place.ts'
import { showOfObs } from './obs-show.ts'
import { filesOf, type ObsAsset } from './obs-source.ts'
import { stingerFiles } from './obs-transition.ts'
import { pictureSize } from './picture-size.ts'

/** A collection that names more files than this is none. */
const MAX_FILES = 1000

export interface ImportObsOptions {
  encoding: Encoding
  canvas: Size | null
  assets: Pick<AssetStore, 'keep'>
  newId: () => string
}

/**
 * A show from the text of an OBS scene collection. Its pictures are read where they are on this computer; nothing but
 * pictures and stingers' videos is. Throws StudioError `show-broken` or `show-invalid`.
 */
export async function importObs(text: string, { encoding, canvas, assets, newId }: ImportObsOptions): Promise<{ show: Show; leftOut: LeftOut[] }> {
  const collection = readObsCollection(text)
  const found = new Map<string, ObsAsset>()
  for (const path of new Set([...stingerFiles(collection), ...collection.sources.flatMap(filesOf)])) found.set(path, found.size < MAX_FILES ? await assetAt(path, assets) : 'file-unusable')
  const { show, leftOut } = showOfObs(collection, { encoding, canvas, newId, assetOf: (path) => found.get(path) ?? 'file-missing' })
  const checked = showSchema.safeParse(show)
  if (!checked.success) throw new StudioError('show-invalid', firstProblem(checked.error))
  return { show: checked.data, leftOut }
}

async function assetAt(path: string, assets: Pick<AssetStore, 'keep'>): Promise<ObsAsset> {
  // Another system's path (`C:\…` here) is no path of this one, and nothing is looked for beside the studio itself. Nor over the network.
  if (!isAbsolute(path) || /^(\\\\|\/\/)/.test(path)) return 'file-missing'
  const facts = await stat(path).catch(() => null)
  if (!facts) return 'file-missing'
  // A pipe would never end, and what the system makes up as it is read has no size.
  if (!facts.isFile() || facts.size === 0 || facts.size > MAX_ASSET_BYTES) return 'file-unusable'
  try {
    const bytes = await readFile(path)
    const { assetId } = await assets.keep(bytes)
    return { assetId, size: pictureSize(bytes) }
  } catch (thrown) {
    const { reason } = StudioError.from(thrown)
    if (reason === 'disk-full' || reason === 'folder-not-writable') throw thrown
    return 'file-unusable'
  }
}
