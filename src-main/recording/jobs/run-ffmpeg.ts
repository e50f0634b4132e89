import { StudioError, type Reason } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { startChild } from '../../process/child.ts'
import { FfmpegProgress } from './ffmpeg-progress.ts'

export interface FfmpegRun {
  /** FFmpeg's program. */
  path: string
  args: readonly string[]
  /** Where names without a folder are. */
  cwd?: string
  /** The media's whole length, for the progress; null = not known. */
  totalMs: number | null
  /** From 0 to 1. */
  onProgress: (done: number) => void
  signal: AbortSignal
}

/** Before every command line of ours: no questions, overwriting what is ours, progress to stdout in half seconds. */
export const COMMON_ARGUMENTS: readonly string[] = ['-hide_banner', '-nostdin', '-y', '-loglevel', 'error', '-nostats', '-stats_period', '0.5', '-progress', 'pipe:1']

/** Runs FFmpeg to its end. Rejects with StudioError `stopped`, `ffmpeg-missing`, `disk-full`, `folder-not-writable` or `file-job-failed`. */
export async function runFfmpeg({ path, args, cwd, totalMs, onProgress, signal }: FfmpegRun, clock: Clock): Promise<void> {
  if (signal.aborted) throw new StudioError('stopped')
  const child = startChild({ command: path, args: [...COMMON_ARGUMENTS, ...args], stdout: 'pipe', ...(cwd === undefined ? {} : { cwd }) }, clock)
  const progress = new FfmpegProgress()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const doneMs = progress.push(text)
    if (doneMs !== null && totalMs !== null && totalMs > 0) onProgress(Math.min(1, doneMs / totalMs))
  })
  const stop = (): void => void child.stop()
  signal.addEventListener('abort', stop, { once: true })
  const result = await child.done
  signal.removeEventListener('abort', stop)
  if (signal.aborted) throw new StudioError('stopped')
  if (!result.spawned) throw new StudioError('ffmpeg-missing', result.stderrTail)
  if (result.code !== 0) throw new StudioError(reasonOf(result.stderrTail), lastLine(result.stderrTail))
}

/** What FFmpeg's last words mean for a job on files. */
export function reasonOf(stderr: string): Reason {
  if (/No space left on device|Disk quota exceeded/i.test(stderr)) return 'disk-full'
  if (/Permission denied|Read-only file system/i.test(stderr)) return 'folder-not-writable'
  return 'file-job-failed'
}

const lastLine = (stderr: string): string => stderr.trim().split('\n').at(-1)?.slice(-300) ?? ''
