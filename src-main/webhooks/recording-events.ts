import type { FinishedFile, RecordingEnd, StudioEvent, Track } from './studio-event.ts'

/** What a recorder tells as it happens. Paths are absolute; times are wall times in ms. */
export interface RecordingEvents {
  /** `failed`: it was asked to and could not. */
  started(event: { taskId: string; failed: boolean; atMs: number }): void
  ended(event: { taskId: string; why: RecordingEnd; atMs: number }): void
  /** HLS: a playlist exists. */
  playlistMade(event: { taskId: string; path: string; atMs: number }): void
  /** HLS: the first segment has begun. */
  firstSlice(event: { taskId: string; path: string; beginMs: number; track: Track; atMs: number }): void
  /** A file is complete and will not change any more. */
  fileDone(event: { taskId: string; file: FinishedFile; atMs: number }): void
  snapshotTaken(event: { path: string; sizeBytes: number; width: number; height: number; atMs: number }): void
}

/** Turns a recorder's words into events for the back end. */
export function recordingNotices(emit: (event: StudioEvent) => void): RecordingEvents {
  return {
    started: ({ taskId, failed, atMs }) => emit({ kind: 'recording', type: 301, taskId, failed, atMs }),
    ended: ({ taskId, why, atMs }) => emit({ kind: 'recording', type: 302, taskId, why, atMs }),
    playlistMade: ({ taskId, path, atMs }) => emit({ kind: 'recording', type: 304, taskId, path, atMs }),
    firstSlice: ({ taskId, path, beginMs, track, atMs }) => emit({ kind: 'recording', type: 307, taskId, path, beginMs, track, atMs }),
    fileDone: ({ taskId, file, atMs }) => emit({ kind: 'recording', type: 310, taskId, file, atMs }),
    snapshotTaken: (event) => emit({ kind: 'snapshot', ...event }),
  }
}
