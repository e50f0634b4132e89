import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import type { RecordingFormat } from '@shared/domain/recording.ts'
import { extensionOf } from '../library/file-types.ts'
import { convertArguments, HLS_PLAYLIST, HLS_SEGMENT } from './copy-arguments.ts'
import { enterResult, ffmpegStep, folderOf, type JobParts, type Source, verify } from './job-parts.ts'
import type { JobSpec } from './job-queue.ts'
import { numbered, publish, withWorkFolder } from './work-folder.ts'

/** One file in another container. Throws StudioError `input-invalid` when there is nothing that the format could hold. */
export function convertJob(parts: JobParts, source: Source, format: RecordingFormat): JobSpec {
  const { file, facts } = source
  if (format === 'aac' && facts.audio === null) throw new StudioError('input-invalid', `${file.path}: no sound`)
  const wished = `${file.path.replace(/\.[a-z0-9]+$/i, '')}.${extensionOf(format)}`
  return {
    kind: 'convert',
    title: wished,
    run: (context) =>
      withWorkFolder(parts.folder, async (place) => {
        const made = join(place, format === 'hls' ? HLS_PLAYLIST : `made.${extensionOf(format)}`)
        await ffmpegStep(parts, context, convertArguments({ from: source.absolute, to: made, format, codecs: facts }), facts.durationMs, { cwd: place })
        const { width, height, durationMs } = await verify(made, format, facts.durationMs)
        const { path, sizeBytes } = format === 'hls' ? await publishPlaylist(parts.folder, place, wished) : { sizeBytes: (await stat(made)).size, path: await publish(parts.folder, made, wished) }
        await enterResult(parts, source.show, { path, format, kind: 'converted', startedAtMs: file.startedAtMs, durationMs, sizeBytes, width: width ?? file.width, height: height ?? file.height })
        return [path]
      }),
  }
}

/** A playlist names its segments, so all of them get names that are free together; the playlist itself comes last. */
async function publishPlaylist(folder: string, place: string, wished: string): Promise<{ path: string; sizeBytes: number }> {
  const path = await freePlaylist(folder, wished)
  const segments = (await readdir(place)).filter((name) => name.startsWith(HLS_SEGMENT)).sort()
  const named = (segment: string) => segmentStem(path) + segment.slice(HLS_SEGMENT.length - 1)
  let sizeBytes = 0
  for (const segment of segments) {
    sizeBytes += (await stat(join(place, segment))).size
    await publish(folder, join(place, segment), folderOf(path) + named(segment))
  }
  const text = (await readFile(join(place, HLS_PLAYLIST), 'utf8')).split('\n').map((line) => (line.startsWith(HLS_SEGMENT) ? named(line) : line))
  await writeFile(join(place, HLS_PLAYLIST), text.join('\n'))
  return { path: await publish(folder, join(place, HLS_PLAYLIST), path), sizeBytes: sizeBytes + text.join('\n').length }
}

/** As the playlist, without what means something in an address. */
const segmentStem = (playlist: string): string => playlist.slice(folderOf(playlist).length).replace(/\.m3u8$/, '').replaceAll(/[^\p{L}\p{N} ._~()'+-]/gu, '-')

async function freePlaylist(folder: string, wished: string): Promise<string> {
  const names = await readdir(join(folder, folderOf(wished)))
  for (let number = 1; ; number++) {
    const path = number === 1 ? wished : numbered(wished, number)
    const name = path.slice(folderOf(path).length)
    if (!names.some((each) => each === name || each.startsWith(`${segmentStem(path)}_0`))) return path
  }
}
