import { readdir, readFile, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { ManifestFile } from '../manifest.ts'
import type { Manifests } from '../manifests.ts'
import { unfinishedName } from '../mp4/finish-mp4.ts'
import { holdsMedia } from './holds-media.ts'
import { insideFolder } from './inside-folder.ts'
import { parsePlaylist, segmentName, unlistedSegments } from './playlist.ts'

export interface Leftovers {
  /** The recordings folder, absolute. */
  folder: string
  manifests: Pick<Manifests, 'list' | 'update'>
  /** What was begun later than this is not looked at, ms since 1970. */
  beforeMs: number
  /** Files that are being written now, relative to the folder. */
  writing: ReadonlySet<string>
}

/**
 * Removes what a studio that was killed has begun and never put a frame into: files, segments, playlists without segments, and
 * unfinished copies of files that are there. Looks only at what manifests name. Nothing that holds media is touched. Never rejects.
 */
export async function clearLeftovers({ folder, manifests, beforeMs, writing }: Leftovers): Promise<void> {
  for (const run of await manifests.list(folder).catch(() => [])) {
    const empty = new Set<string>()
    for (const file of run.files) {
      if (writing.has(file.path) || file.startedAtMs >= beforeMs) continue
      const absolute = await insideFolder(folder, file.path).catch(() => null)
      if (absolute && (await clear(absolute, file).catch(() => false))) empty.add(file.path)
    }
    if (empty.size === 0) continue
    await manifests.update(folder, run, (files) => files.filter(({ path }) => !empty.has(path))).catch(() => {})
    // Fails, as it should, where anything is left in it.
    for (const path of empty) if (path.includes('/')) await rmdir(join(folder, dirname(path))).catch(() => {})
  }
}

/** True when the file was removed. */
async function clear(path: string, { format, finished }: ManifestFile): Promise<boolean> {
  if (format === 'hls') return clearPlaylist(path, finished)
  if (finished) return false
  if (format === 'mp4') await rm(join(dirname(path), unfinishedName(basename(path))), { force: true })
  if (await holdsMedia(path, format)) return false
  await rm(path)
  return true
}

async function clearPlaylist(path: string, finished: boolean): Promise<boolean> {
  const [folder, name] = [dirname(path), basename(path)]
  const listed = parsePlaylist(await readFile(path, 'utf8')).segments.flatMap(({ uri }) => segmentName(uri) ?? [])
  const unlisted = unlistedSegments([{ name, listed }], await readdir(folder)).get(name) ?? []
  let left = listed.length
  for (const segment of unlisted) {
    const isEmpty = (await stat(join(folder, segment))).size === 0
    if (isEmpty) await rm(join(folder, segment))
    else left++
  }
  if (finished || left > 0) return false
  await rm(path)
  return true
}
