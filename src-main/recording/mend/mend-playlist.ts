import { readdir, readFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { mendPlaylist, parsePlaylist, segmentName, unlistedSegments } from '../library/playlist.ts'
import { probeFile } from '../library/probe.ts'

/**
 * The text of a playlist with its end. Segments are whole by nature; what a playlist lacks after a crash is its end, and perhaps
 * its newest segment. Throws StudioError `file-broken` when none of its segments can be read.
 */
export async function mendedPlaylist(path: string): Promise<string> {
  const folder = dirname(path)
  const names = await readdir(folder)
  const text = await readFile(path, 'utf8')
  const playlists = await Promise.all(names.filter((name) => name.endsWith('.m3u8')).map(async (name) => ({ name, listed: listedIn(await readFile(join(folder, name), 'utf8').catch(() => '')) })))
  const listed = listedIn(text)
  const readable = new Map<string, number>()
  for (const name of [...listed, ...(unlistedSegments(playlists, names).get(basename(path)) ?? [])]) {
    const lengthMs = (await probeFile(join(folder, name), 'ts'))?.durationMs
    if (lengthMs) readable.set(name, lengthMs)
  }
  if (readable.size === 0) throw new StudioError('file-broken', basename(path))
  const added = [...readable].filter(([name]) => !listed.includes(name)).map(([uri, durationMs]) => ({ uri, durationMs }))
  return mendPlaylist(text, (uri) => readable.has(segmentName(uri) ?? ''), added)
}

const listedIn = (text: string): string[] => parsePlaylist(text).segments.flatMap(({ uri }) => segmentName(uri) ?? [])
