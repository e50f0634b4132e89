import { link, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { fileFailure } from '../../base/atomic-file.ts'
import { wholeTsBytes } from '../library/ts-length.ts'
import { mendPlaylist, parsePlaylist, segmentName } from '../library/playlist.ts'
import { probeFile } from '../library/probe.ts'
import { readHeadAndTail } from '../library/file-tail.ts'
import type { TrashCan } from '../library/trash-can.ts'
import { repairArguments } from './copy-arguments.ts'
import { enterResult, ffmpegStep, type JobParts, type Source, verify } from './job-parts.ts'
import type { JobContext, JobSpec } from './job-queue.ts'
import { withWorkFolder } from './work-folder.ts'

/** A fragment says at its beginning how long it will be, and holds a group of pictures of up to 4 s; beyond that, rounding. */
const MAY_LACK_MS = 6000
const TAIL_BYTES = 1024 * 1024

export interface RepairParts extends JobParts {
  trash: Pick<TrashCan, 'newPlace' | 'sweep'>
}

/**
 * Makes ordinary files of such as were cut off. The result takes the original's name only when it was looked at; the
 * original then goes to the trash. A file that cannot be repaired stays as it is, and the others are repaired all the same.
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
          await (source.file.format === 'hls' ? repairPlaylist(parts, source) : repairFile(parts, source, within))
          repaired.push(source.file.path)
        } catch (error) {
          failure = StudioError.from(error)
          if (context.signal.aborted || failure.reason === 'ffmpeg-missing') throw failure
        }
      }
      if (failure) throw new StudioError(failure.reason, repaired.length > 0 ? `${failure.evidence} (${repaired.length} of ${sources.length} repaired)` : failure.evidence)
      await parts.trash.sweep(parts.folder)
      return repaired
    },
  }
}

async function repairFile(parts: RepairParts, source: Source, context: JobContext): Promise<void> {
  const { file, facts, absolute } = source
  const { format } = file
  if (format === 'png' || format === 'm4a') throw new StudioError('input-invalid', file.path)
  await withWorkFolder(parts.folder, async (place) => {
    const made = join(place, `repaired.${format}`)
    // A transport stream does not say how long its last unit is, so FFmpeg would take a half picture for a whole one.
    const bytes = format === 'ts' ? await wholeBytes(absolute) : null
    await ffmpegStep(parts, context, repairArguments({ from: absolute, to: made, format, codecs: facts, bytes }), facts.durationMs)
    const result = await verify(made, format, facts.durationMs, MAY_LACK_MS)
    const sizeBytes = (await stat(made)).size
    await replace(parts, absolute, made)
    await enterResult(parts, source.show, {
      path: file.path, format, kind: file.kind, startedAtMs: file.startedAtMs, durationMs: result.durationMs, sizeBytes, width: result.width ?? file.width, height: result.height ?? file.height,
    })
  })
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

/** Segments are whole by nature; what a playlist lacks after a crash is its end, and perhaps its newest segment. */
async function repairPlaylist(parts: RepairParts, { file, absolute, show }: Source): Promise<void> {
  const folder = dirname(absolute)
  const text = await readFile(absolute, 'utf8')
  const readable = new Map<string, number>()
  const listed = parsePlaylist(text).segments.map(({ uri }) => segmentName(uri))
  for (const name of [...listed, ...(await unlisted(folder, basename(absolute), listed))]) {
    const lengthMs = name === null ? null : (await probeFile(join(folder, name), 'ts'))?.durationMs
    if (name !== null && lengthMs) readable.set(name, lengthMs)
  }
  if (readable.size === 0) throw new StudioError('file-broken', file.path)
  const added = [...readable].filter(([name]) => !listed.includes(name)).map(([uri, durationMs]) => ({ uri, durationMs }))
  const mended = mendPlaylist(text, (uri) => readable.has(segmentName(uri) ?? ''), added)
  await withWorkFolder(parts.folder, async (place) => {
    const made = join(place, 'repaired.m3u8')
    await writeFile(made, mended)
    await replace(parts, absolute, made)
  })
  const durationMs = parsePlaylist(mended).segments.reduce((sum, each) => sum + each.durationMs, 0)
  await enterResult(parts, show, { path: file.path, format: 'hls', kind: file.kind, startedAtMs: file.startedAtMs, durationMs, sizeBytes: file.sizeBytes, width: file.width, height: file.height })
}

/** Segments of this playlist that were begun after it was last written: their names begin like it and sort behind its last. */
async function unlisted(folder: string, playlist: string, listed: readonly (string | null)[]): Promise<string[]> {
  const stem = playlist.replace(/\.m3u8$/i, '')
  const last = listed.at(-1) ?? ''
  const names = await readdir(folder)
  return names.filter((name) => name.startsWith(`${stem}_`) && name.endsWith('.ts') && !listed.includes(name) && name > last && name.length === (last || name).length).sort()
}
