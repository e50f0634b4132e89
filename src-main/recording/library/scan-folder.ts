import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FOLDER } from '../manifest.ts'
import { type FileFormat, typeOf } from './file-types.ts'
import { parsePlaylist, segmentName, unlistedSegments } from './playlist.ts'

/** Where files wait between the recordings page and the system's trash. */
export const TRASH_FOLDER = '.trash'

/** Folders in folders, and files altogether, beyond which a folder is no recordings folder any more. */
const MAX_DEPTH = 8
const MAX_FILES = 10_000

export interface FoundFile {
  /** Relative to the recordings folder, with `/`. */
  path: string
  format: FileFormat
  /** With a playlist's segments. */
  sizeBytes: number
  /** The newest of a playlist and its segments. */
  modifiedAtMs: number
  /** HLS: the files that belong to the playlist, relative to the recordings folder. */
  segments: string[]
}

export interface FoundFolder {
  files: FoundFile[]
  /** Every folder that was looked into, absolute: what to watch. */
  folders: string[]
}

/** Looks for recordings in a folder and the folders in it. Hidden names are nobody's business; a folder that cannot be read has none. */
export async function scanFolder(root: string): Promise<FoundFolder> {
  const found = new Map<string, FoundFile>()
  const folders: string[] = []
  const visit = async (relative: string, depth: number): Promise<void> => {
    const folder = join(root, relative)
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => null)
    if (!entries) return
    folders.push(folder)
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === MANIFEST_FOLDER || entry.name === TRASH_FOLDER) continue
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`
      if (entry.isDirectory() && depth < MAX_DEPTH) await visit(path, depth + 1)
      const type = entry.isFile() ? typeOf(entry.name) : null
      if (!type || found.size >= MAX_FILES) continue
      const file = await stat(join(root, path)).catch(() => null)
      if (file) found.set(path, { path, format: type.format, sizeBytes: file.size, modifiedAtMs: file.mtimeMs, segments: [] })
    }
  }
  await visit('', 0)
  await takeSegments(root, found)
  // What holds nothing (yet) is no recording.
  return { files: [...found.values()].filter(({ sizeBytes }) => sizeBytes > 0), folders }
}

/** The segments of playlists are part of them, not recordings of their own; so is one that is not listed yet. */
async function takeSegments(root: string, found: Map<string, FoundFile>): Promise<void> {
  const byFolder = new Map<string, { file: FoundFile; name: string; listed: string[] }[]>()
  for (const file of found.values()) {
    if (file.format !== 'hls') continue
    const text = await readFile(join(root, file.path), 'utf8').catch(() => '')
    const listed = parsePlaylist(text).segments.flatMap(({ uri }) => segmentName(uri) ?? [])
    const folder = folderOf(file.path)
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), { file, name: file.path.slice(folder.length), listed }])
  }
  for (const [folder, playlists] of byFolder) {
    const names = [...found.keys()].filter((path) => folderOf(path) === folder).map((path) => path.slice(folder.length))
    const unlisted = unlistedSegments(playlists, names)
    for (const { file, name, listed } of playlists) for (const segment of [...listed, ...(unlisted.get(name) ?? [])]) take(file, folder + segment, found)
  }
}

function take(playlist: FoundFile, path: string, found: Map<string, FoundFile>): void {
  const segment = found.get(path)
  if (!segment || segment.format === 'hls') return
  playlist.segments.push(path)
  playlist.sizeBytes += segment.sizeBytes
  playlist.modifiedAtMs = Math.max(playlist.modifiedAtMs, segment.modifiedAtMs)
  found.delete(path)
}

/** With a `/` at its end, unless it is the recordings folder itself. */
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
