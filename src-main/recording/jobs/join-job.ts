import { stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { joinArguments } from './copy-arguments.ts'
import { concatList } from './file-address.ts'
import { enterResult, ffmpegStep, folderOf, type JobParts, type Source, verify } from './job-parts.ts'
import type { JobSpec } from './job-queue.ts'
import { baseOf } from './single-stream-name.ts'
import { publish, withWorkFolder } from './work-folder.ts'

/** Pieces of one recording, one behind the other, without coding them anew. Throws StudioError `pieces-differ` or `input-invalid` at once. */
export function joinJob(parts: JobParts, unordered: readonly Source[]): JobSpec {
  const sources = inOrder(unordered)
  const format = joinedFormat(sources)
  const [first] = sources
  if (!first) throw new StudioError('input-invalid', 'nothing to join')
  const wished = `${folderOf(first.file.path)}${baseOf(first.file.path)}_joined.${format}`
  const totalMs = sources.reduce((sum, { facts }) => sum + (facts.durationMs ?? 0), 0)
  return {
    kind: 'join',
    title: wished,
    run: (context) =>
      withWorkFolder(parts.folder, async (place) => {
        const list = join(place, 'list.ffconcat')
        const made = join(place, `joined.${format}`)
        await writeFile(list, concatList(sources.map(({ absolute }) => absolute)))
        await ffmpegStep(parts, context, joinArguments({ list, to: made, format, codecs: first.facts }), totalMs)
        const facts = await verify(made, format, totalMs)
        const { size } = await stat(made)
        const path = await publish(parts.folder, made, wished)
        const { width, height, durationMs } = facts
        await enterResult(parts, first.show, { path, format, kind: 'joined', startedAtMs: first.file.startedAtMs, durationMs, sizeBytes: size, width, height })
        return [path]
      }),
  }
}

/** As they were recorded; pieces of the same moment by their index, then by their name. */
function inOrder(sources: readonly Source[]): Source[] {
  return sources.toSorted((a, b) => a.file.startedAtMs - b.file.startedAtMs || a.file.path.localeCompare(b.file.path, 'en', { numeric: true }))
}

/** MKV from MKV pieces, MP4 from all others. Throws StudioError `pieces-differ` when they cannot stand in one file as they are. */
export function joinedFormat(sources: readonly Pick<Source, 'file' | 'facts'>[]): 'mp4' | 'mkv' {
  const [first, ...others] = sources
  if (!first || others.length === 0) throw new StudioError('input-invalid', 'two pieces at least')
  for (const other of others) {
    const difference = differenceOf(first, other)
    if (difference) throw new StudioError('pieces-differ', `${other.file.path}: ${difference}`)
  }
  return first.file.format === 'mkv' ? 'mkv' : 'mp4'
}

/** What keeps two pieces apart, in technical words; null when nothing does. */
function differenceOf(a: Pick<Source, 'file' | 'facts'>, b: Pick<Source, 'file' | 'facts'>): string | null {
  // The joined file has one time base per stream: pieces of different containers have different ones.
  if (a.file.format !== b.file.format) return `${b.file.format}, not ${a.file.format}`
  for (const key of ['video', 'audio', 'width', 'height', 'sampleRate', 'channels'] as const) {
    if (a.facts[key] !== b.facts[key]) return `${key} ${b.facts[key] ?? 'none'}, not ${a.facts[key] ?? 'none'}`
  }
  const [sounds, others] = [a.facts.sounds?.length ?? 1, b.facts.sounds?.length ?? 1]
  return sounds === others ? null : `${others} sound tracks, not ${sounds}`
}
