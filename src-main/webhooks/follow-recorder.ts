import { dirname, join } from 'node:path'
import type { RecordedFile, RecordedShow, RecordingStatus } from '@shared/domain/recording.ts'
import type { Clock } from '../base/clock.ts'
import type { Watchable } from '../rpc/topic.ts'
import { firstSegmentIn } from './first-segment.ts'
import type { RecordingEvents } from './recording-events.ts'
import type { FinishedFile, RecordingEnd, Track } from './studio-event.ts'

type State = Pick<RecordingStatus, 'state' | 'failure' | 'files'>

export interface RecorderView {
  status: Watchable<State>
  /** What is in the recordings folder. */
  shows: Watchable<readonly RecordedShow[]>
  /** Absolute. */
  folder(): string
  /** A playlist's text, by its absolute path. */
  readText(path: string): Promise<string>
}

const TRACKS = { 'audio-video': 'audio_video', audio: 'audio', video: 'video' } as const

/**
 * Reads off the recorder's own topics what a back end wants to know: begun, ended, playlists and
 * their first segments, files that are complete, snapshots. What was there before is not told. Returns how to stop.
 */
export function followRecorder({ status, shows, folder, readText }: RecorderView, events: RecordingEvents, clock: Pick<Clock, 'now'>): () => void {
  const sinceMs = clock.now()
  const conditions = new Map<string, RecordedFile['condition']>()
  /** Playlists that were told of, with the task of each and what is in it; null once their first segment was told of, or while it is looked for. */
  const playlists = new Map<string, { taskId: string; track: Track } | null>()
  let taskId = ''
  let stopped = false
  let toldFailureAtMs = status.value.failure?.atMs ?? 0

  /** The playlist lists a segment as soon as it has a length, half a second after its first frame. */
  const lookForSegment = (relative: string): void => {
    const task = playlists.get(relative)
    if (!task) return
    playlists.set(relative, null)
    const path = join(folder(), relative)
    const found = readText(path).then(firstSegmentIn, () => null)
    void found.then((segment) => {
      if (stopped) return
      if (!segment) return void playlists.set(relative, task)
      const atMs = clock.now()
      events.firstSlice({ ...task, path: join(dirname(path), segment.name), beginMs: segment.beginMs ?? atMs, atMs })
    })
  }

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
    if (file.format === 'hls' && before === undefined) {
      playlists.set(file.path, { taskId: task, track: trackOf(file) })
      events.playlistMade({ taskId: task, path, atMs })
    }
    if (file.condition === 'good') events.fileDone({ taskId: task, file: finished(file, path), atMs })
  }

  const stops = [
    status.watch((now) => {
      stateChanged(now)
      for (const { path } of now.files) lookForSegment(path)
    }),
    shows.watch((list) => {
      for (const { showRunId, files } of list) for (const file of files) fileSeen(file, showRunId)
      for (const path of playlists.keys()) lookForSegment(path)
    }),
  ]
  return () => {
    stopped = true
    for (const stop of stops) stop()
  }
}

/** By the file itself: AAC has only sound whatever is recorded beside it, and a program may have had no sound. */
const trackOf = ({ tracks, width }: RecordedFile): Track => TRACKS[tracks ?? (width === null ? 'audio' : 'audio-video')]

function endOf(reason: string | null): RecordingEnd {
  if (reason === null || reason === 'stopped') return 'stopped'
  return reason === 'recording-idle' ? 'idle' : 'failed'
}

function finished(file: RecordedFile, path: string): FinishedFile {
  const { format, sizeBytes, startedAtMs, durationMs, media } = file
  const lastsMs = durationMs ?? 0
  return { path, format: format === 'png' ? 'mp4' : format, sizeBytes, startedAtMs, endedAtMs: startedAtMs + lastsMs, durationMs: lastsMs, track: trackOf(file), content: media ?? 'mix' }
}
