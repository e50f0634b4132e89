import type { Clock } from '../../base/clock.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { RecordedFile, RecordedShow } from '@shared/domain/recording.ts'
import type { MediaFacts } from '../library/media-facts.ts'
import { probeFile } from '../library/probe.ts'
import type { ManifestFile } from '../manifest.ts'
import type { Manifests } from '../manifests.ts'
import { withFile } from '../manifests.ts'
import type { JobContext } from './job-queue.ts'
import { runFfmpeg } from './run-ffmpeg.ts'

/** What every job on recordings is given. */
export interface JobParts {
  /** The recordings folder, absolute. */
  folder: string
  /** FFmpeg's program; null when there is none on this computer. */
  ffmpeg: () => Promise<string | null>
  manifests: Pick<Manifests, 'update'>
  clock: Clock
}

/** A file to work on, with where it is and what is in it. */
export interface Source {
  file: RecordedFile
  /** The show that it belongs to, and that what is made of it belongs to, too. */
  show: RecordedShow
  absolute: string
  facts: MediaFacts
}

/** Reads what is in a file; throws StudioError `file-broken` when nothing can be read. */
export async function openSource(file: RecordedFile, show: RecordedShow, absolute: string): Promise<Source> {
  const facts = await probeFile(absolute, file.format)
  if (!facts || (facts.video === null && facts.audio === null)) throw new StudioError('file-broken', file.path)
  return { file, show, absolute, facts }
}

export interface FfmpegStep {
  /** The part of the job's whole progress that this run is. */
  from?: number
  to?: number
  /** Where names without a folder are. */
  cwd?: string
}

/** Runs FFmpeg for a job. */
export async function ffmpegStep(parts: JobParts, context: JobContext, args: readonly string[], totalMs: number | null, { from = 0, to = 1, cwd }: FfmpegStep = {}): Promise<void> {
  const path = await parts.ffmpeg()
  if (path === null) throw new StudioError('ffmpeg-missing')
  await runFfmpeg({ path, args, ...(cwd === undefined ? {} : { cwd }), totalMs, signal: context.signal, onProgress: (done) => context.progress(from + done * (to - from)) }, parts.clock)
}

/** What cutting at packets and rounding may cost. */
const ROUNDING_MS = 2000

/**
 * Looks at a result before anything depends on it: it can be read, and is as long as it must be, but for 2 s or 2 %.
 * Throws StudioError `file-job-failed`.
 */
export async function verify(path: string, format: RecordedFile['format'], expectedMs: number | null, mayLackMs = ROUNDING_MS): Promise<MediaFacts> {
  const facts = await probeFile(path, format)
  if (!facts || (facts.video === null && facts.audio === null)) throw new StudioError('file-job-failed', 'the result cannot be read')
  const allowedMs = Math.max(mayLackMs, (expectedMs ?? 0) * 0.02)
  if (expectedMs !== null && facts.durationMs !== null && expectedMs - facts.durationMs > allowedMs) {
    throw new StudioError('file-job-failed', `the result has ${seconds(facts.durationMs)} of ${seconds(expectedMs)}`)
  }
  return facts
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

/** Writes into the show's manifest what was made of its files. */
export async function enterResult(parts: JobParts, show: RecordedShow, entry: Omit<ManifestFile, 'finished' | 'chapters'>): Promise<void> {
  const { showRunId, name, startedAtMs } = show
  await parts.manifests.update(parts.folder, { showRunId, name, startedAtMs }, (files) => withFile(files, { ...entry, finished: true, chapters: [] }))
}

/** The folder of a file, relative to the recordings folder, with a `/` at its end unless it is the recordings folder itself. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1)
