import { join } from 'node:path'
import type { RecordedFile, RecordedShow, RecordingStatus } from '@shared/domain/recording.ts'
import type { Clock } from '../base/clock.ts'
import type { Watchable } from '../rpc/topic.ts'
import type { RecordingEvents } from './recording-events.ts'
import type { FinishedFile, RecordingEnd } from './studio-event.ts'

type State = Pick<RecordingStatus, 'state' | 'failure'>

export interface RecorderView {
  status: Watchable<State>
  /** What is in the recordings folder. */
  shows: Watchable<readonly RecordedShow[]>
  /** Absolute. */
  folder(): string
  content(): 'audio-video' | 'audio' | 'video'
}

const TRACKS = { 'audio-video': 'audio_video', audio: 'audio', video: 'video' } as const

/**
 * Reads off the recorder's own topics what a back end wants to know: begun, ended, playlists, files that are complete,
 * snapshots. What was there before is not told. Returns how to stop.
 */
export function followRecorder({ status, shows, folder, content }: RecorderView, events: RecordingEvents, clock: Pick<Clock, 'now'>): () => void {
  const sinceMs = clock.now()
  const conditions = new Map<string, RecordedFile['condition']>()
  let taskId = ''
  let toldFailureAtMs = status.value.failure?.atMs ?? 0

  const stateChanged = ({ state, failure }: State): void => {
    const atMs = clock.now()
    const failed = failure !== null && failure.atMs > toldFailureAtMs
    if (state !== 'idle' && taskId === '') {
      taskId = `recording-${atMs}`
      events.started({ taskId, failed: false, atMs })
    } else if (state === 'idle' && taskId !== '') {
      events.ended({ taskId, why: endOf(failed ? failure.reason : null), atMs })
      taskId = ''
    } else if (state === 'idle' && failed) events.started({ taskId: `recording-${atMs}`, failed: true, atMs })
    else return
    if (failed) toldFailureAtMs = failure.atMs
  }

  const fileSeen = (file: RecordedFile, showRunId: string): void => {
    const before = conditions.get(file.path)
    conditions.set(file.path, file.condition)
    if (before === file.condition || file.startedAtMs < sinceMs) return
    const path = join(folder(), file.path)
    // A file outlives the recording's last word: its name is the show's, so that the two are found together.
    const task = taskId === '' ? showRunId : taskId
    const atMs = clock.now()
    if (file.kind === 'snapshot' && file.condition === 'good' && before === undefined) {
      events.snapshotTaken({ path, sizeBytes: file.sizeBytes, width: file.width ?? 0, height: file.height ?? 0, atMs })
    }
    if (file.kind !== 'recording') return
    if (file.format === 'hls' && before === undefined) events.playlistMade({ taskId: task, path, atMs })
    if (file.condition === 'good') events.fileDone({ taskId: task, file: finished(file, path, content()), atMs })
  }

  const stops = [
    status.watch(stateChanged),
    shows.watch((list) => list.forEach(({ showRunId, files }) => files.forEach((file) => fileSeen(file, showRunId)))),
  ]
  return () => stops.forEach((stop) => stop())
}

function endOf(reason: string | null): RecordingEnd {
  if (reason === null || reason === 'stopped') return 'stopped'
  return reason === 'recording-idle' ? 'idle' : 'failed'
}

function finished({ format, sizeBytes, startedAtMs, durationMs }: RecordedFile, path: string, content: keyof typeof TRACKS): FinishedFile {
  const lastsMs = durationMs ?? 0
  return { path, format: format === 'png' ? 'mp4' : format, sizeBytes, startedAtMs, endedAtMs: startedAtMs + lastsMs, durationMs: lastsMs, track: TRACKS[content] }
}
