import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { StudioError } from '@shared/domain/errors.ts'
import { enterResult, ffmpegStep, folderOf, type JobParts, type Source, verify } from './job-parts.ts'
import type { JobSpec } from './job-queue.ts'
import { mergeArguments } from './merge-arguments.ts'
import { type MergeOptions, type MergePiece, planMerge } from './merge-plan.ts'
import { baseOf, singleStreamOf } from './single-stream-name.ts'
import { publish, withWorkFolder } from './work-folder.ts'

/** Each piece of a merge is an input of one FFmpeg; more than this is a command line that not every system takes. */
const MAX_PIECES = 100

/** Single streams of users, made into one file per user (and run). Throws StudioError `input-invalid`. */
export function mergeJob(parts: JobParts, sources: readonly Source[], options: MergeOptions): JobSpec {
  const [first] = sources
  if (!first) throw new StudioError('input-invalid', 'nothing to merge')
  if (sources.length > MAX_PIECES) throw new StudioError('input-invalid', `more than ${MAX_PIECES} pieces at once`)
  const results = planMerge(sources.map(pieceOf), options)
  const totalMs = results.reduce((sum, each) => sum + each.durationMs, 0)
  if (totalMs === 0) throw new StudioError('file-broken', first.file.path)
  const folder = folderOf(first.file.path)
  return {
    kind: 'merge',
    title: results.length === 1 ? folder + results[0]?.name : `${folder}${results[0]?.name} … (${results.length})`,
    run: (context) =>
      withWorkFolder(parts.folder, async (place) => {
        const made: string[] = []
        let doneMs = 0
        for (const [index, result] of results.entries()) {
          const format = result.hasPicture ? 'mp4' : 'm4a'
          const to = join(place, `${index}.${format}`)
          await ffmpegStep(parts, context, mergeArguments(result, { ...options, to }), result.durationMs, { from: doneMs / totalMs, to: (doneMs + result.durationMs) / totalMs })
          doneMs += result.durationMs
          const { durationMs, width, height } = await verify(to, format, result.durationMs)
          const sizeBytes = (await stat(to)).size
          const path = await publish(parts.folder, to, folder + result.name)
          await enterResult(parts, first.show, { path, format, kind: 'merged', startedAtMs: result.startedAtMs, durationMs, sizeBytes, width, height })
          made.push(path)
        }
        return made
      }),
  }
}

/** A file of the mixed program counts as the main stream of a user of its own. */
function pieceOf({ file, facts, absolute }: Source): MergePiece {
  const { user, media } = singleStreamOf(file.path) ?? { user: baseOf(file.path), media: 'main' }
  return { path: absolute, user, media, startedAtMs: file.startedAtMs, durationMs: facts.durationMs ?? 0, hasPicture: facts.video !== null, hasSound: facts.audio !== null }
}
