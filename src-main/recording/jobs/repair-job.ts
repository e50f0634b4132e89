import { link, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { fileFailure, writeFileAtomic } from '../../base/atomic-file.ts'
import { chaptersVtt, chaptersVttPath, HOLDS_CHAPTERS } from '../chapters.ts'
import { wholeTsBytes } from '../library/ts-length.ts'
import { parsePlaylist } from '../library/playlist.ts'
import { readHeadAndTail } from '../library/file-tail.ts'
import type { TrashCan } from '../library/trash-can.ts'
import type { ManifestFile } from '../manifest.ts'
import { type Manifests, withFile } from '../manifests.ts'
import { mendFile } from '../mend/mend-file.ts'
import { mendedPlaylist } from '../mend/mend-playlist.ts'
import type { Chapter } from '../muxers/file-muxer.ts'
import type { FileFormat } from '../muxers/open-muxer.ts'
import { repairArguments } from './copy-arguments.ts'
import { ffmpegStep, type JobParts, type Source, verify } from './job-parts.ts'
import type { JobContext, JobSpec } from './job-queue.ts'
import { withWorkFolder } from './work-folder.ts'

/** A fragment says at its beginning how long it will be, and holds a group of pictures of up to 4 s; beyond that, rounding. */
const MAY_LACK_MS = 6000
const TAIL_BYTES = 1024 * 1024

export interface RepairParts extends JobParts {
  manifests: Pick<Manifests, 'list' | 'update'>
  trash: Pick<TrashCan, 'newPlace' | 'sweep'>
}

type Repaired = Pick<ManifestFile, 'durationMs' | 'sizeBytes' | 'width' | 'height'>

/**
 * Makes ordinary files of such as were cut off. The result takes the original's name only when it was looked at; the
 * original then goes to the trash. A file that cannot be repaired stays as it is, and the others are repaired all the same.
 * FFmpeg is needed only for files that the studio has not written itself.
 */
export function repairJob(parts: RepairParts, sources: readonly Source[]): JobSpec {
  const [first] = sources
  if (!first) throw new StudioError('input-invalid', 'nothing to repair')
  return {
    kind: 'repair',
    title: sources.length === 1 ? first.file.path : `${first.file.path} … (${sources.length})`,
    async run(context) {
      const repaired: string[] = []
      let failure: StudioError | null = null
      for (const [index, source] of sources.entries()) {
        const within: JobContext = { signal: context.signal, progress: (done) => context.progress((index + done) / sources.length) }
        try {
          await repairOne(parts, source, within)
          repaired.push(source.file.path)
        } catch (error) {
          failure = StudioError.from(error)
          if (context.signal.aborted) throw failure
        }
      }
      if (failure) throw new StudioError(failure.reason, repaired.length > 0 ? `${failure.evidence} (${repaired.length} of ${sources.length} repaired)` : failure.evidence)
      await parts.trash.sweep(parts.folder)
      return repaired
    },
  }
}

/** The file, and what its manifest says: whose stream it is, and the chapters that were set while it was recorded, stay. */
async function repairOne(parts: RepairParts, source: Source, context: JobContext): Promise<void> {
  const { format } = source.file
  if (format === 'png' || format === 'm4a') throw new StudioError('input-invalid', source.file.path)
  const entry = await entryOf(parts, source)
  const { chapters } = entry
  const { durationMs, ...found } = await withWorkFolder(parts.folder, (place) => (format === 'hls' ? repairPlaylist(parts, source, place) : repairFile(parts, source, format, chapters, place, context)))
  if (chapters.length > 0 && !HOLDS_CHAPTERS.has(format)) await writeFileAtomic(chaptersVttPath(source.absolute), chaptersVtt(chapters, durationMs ?? 0), { mode: 0o644 })
  const { showRunId, name, startedAtMs } = source.show
  await parts.manifests.update(parts.folder, { showRunId, name, startedAtMs }, (files) => withFile(files, { ...entry, ...found, durationMs, finished: true }))
}

async function repairFile(parts: RepairParts, source: Source, format: FileFormat, chapters: readonly Chapter[], place: string, context: JobContext): Promise<Repaired> {
  const { file, facts, absolute } = source
  const made = join(place, `repaired.${format}`)
  const anew = await mend(parts, source, format, made, chapters, context)
  const result = anew ? await verify(made, format, facts.durationMs, MAY_LACK_MS) : facts
  const sizeBytes = (await stat(anew ? made : absolute)).size
  if (anew) await replace(parts, absolute, made)
  return { durationMs: result.durationMs, sizeBytes, width: result.width ?? file.width, height: result.height ?? file.height }
}

async function repairPlaylist(parts: RepairParts, { file, absolute }: Source, place: string): Promise<Repaired> {
  const mended = await mendedPlaylist(absolute)
  const made = join(place, 'repaired.m3u8')
  await writeFile(made, mended)
  await replace(parts, absolute, made)
  const durationMs = parsePlaylist(mended).segments.reduce((sum, each) => sum + each.durationMs, 0)
  return { durationMs, sizeBytes: file.sizeBytes, width: file.width, height: file.height }
}

/** By what is known of the recorder's own files, else by FFmpeg. False = the file is whole as it is. */
async function mend(parts: RepairParts, { file, absolute, facts }: Source, format: FileFormat, to: string, chapters: readonly Chapter[], context: JobContext): Promise<boolean> {
  try {
    return await mendFile(absolute, to, format, { chapters, signal: context.signal, onProgress: context.progress })
  } catch (error) {
    if (context.signal.aborted || StudioError.from(error).reason !== 'file-broken') throw error
  }
  if ((await parts.ffmpeg()) === null) throw new StudioError('ffmpeg-missing', file.path)
  // A transport stream does not say how long its last unit is, so FFmpeg would take a half picture for a whole one.
  const bytes = format === 'ts' ? await wholeBytes(absolute) : null
  await ffmpegStep(parts, context, repairArguments({ from: absolute, to, format, codecs: facts, bytes }), facts.durationMs)
  return true
}

/** What the manifest says of the file; of one that no manifest names, what is known of it. */
async function entryOf({ folder, manifests }: RepairParts, { file, show }: Source): Promise<ManifestFile> {
  const { files = [] } = (await manifests.list(folder)).find(({ showRunId }) => showRunId === show.showRunId) ?? {}
  const { condition: _, ...known } = file
  return files.find(({ path }) => path === file.path) ?? { ...known, finished: false, chapters: [] }
}

async function wholeBytes(path: string): Promise<number | null> {
  const { tail, sizeBytes } = await readHeadAndTail(path, 0, TAIL_BYTES)
  const whole = wholeTsBytes(tail)
  return whole === null ? null : sizeBytes - tail.length + whole
}

/** The original gets a second name in the trash before the result takes its first one: at no moment is there neither. */
async function replace(parts: RepairParts, original: string, made: string): Promise<void> {
  const place = await parts.trash.newPlace(parts.folder)
  const kept = join(place, basename(original))
  try {
    await link(original, kept).catch(() => rename(original, kept))
    await rename(made, original)
  } catch (error) {
    throw fileFailure(error, original)
  }
}
