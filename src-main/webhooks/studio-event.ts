import type { RecordingFormat } from '@shared/domain/recording.ts'
import type { OutputFailure } from '@shared/domain/output.ts'

/** Something that happened in the studio and that a back end may want to know. `atMs`: wall time; no two events share one. */
export type StudioEvent = { atMs: number } & (
  /** The show is on air, or over. */
  | { kind: 'room'; type: 101 }
  | { kind: 'room'; type: 102 }
  /** 103 entered: 1 normal. 104 left: 1 normal, 2 timeout (the studio was gone). */
  | { kind: 'room'; type: 103; reason: 1 }
  | { kind: 'room'; type: 104; reason: 1 | 2 }
  | { kind: 'media'; type: 201 | 202 | 203 | 204 | 205 | 206 }
  | PushState
  | StreamChange
  | RecordingChange
  | { kind: 'snapshot'; path: string; sizeBytes: number; width: number; height: number }
  /** A stream from outside: 701 started (0 ok, 1 failed, 2 again), 702 stopped. */
  | { kind: 'ingest'; type: 701 | 702; url: string; status: 0 | 1 | 2 }
)

/** What is said about a destination: nothing of it is a secret. */
export interface DestinationFacts {
  name: string
  /** `scheme://host:port/app`, `rehearsal`, or empty for a folder. */
  url: string
  host: string
  app: string
  /** The stream's name where it is public (a signed address), else the destination's id. */
  streamId: string
  /** `recordId` from the key's query, or empty. */
  recordId: string
}

/** Room dialect: one of the six states, told at its pace. */
export interface PushState {
  kind: 'push-state'
  destination: DestinationFacts
  taskId: string
  /** 0 to 5. */
  status: number
  /** Only where the state is about a failure. */
  failure: OutputFailure | null
}

/** Classic dialect: media began or ceased to arrive. */
export interface StreamChange {
  kind: 'stream'
  started: boolean
  destination: DestinationFacts
  /** The same for a start and the break that belongs to it. */
  sequence: string
  failure: OutputFailure | null
}

export type RecordingChange = { kind: 'recording'; taskId: string } & (
  | { type: 301; failed: boolean }
  | { type: 302; why: RecordingEnd }
  | { type: 304; path: string }
  | { type: 307; path: string; beginMs: number; track: Track }
  | { type: 310; file: FinishedFile }
)

export type RecordingEnd = 'stopped' | 'idle' | 'timed-out' | 'failed'
export type Track = 'audio' | 'video' | 'audio_video'

export interface FinishedFile {
  /** Absolute. */
  path: string
  format: RecordingFormat | 'm4a'
  sizeBytes: number
  /** Wall times of the first and the last frame. */
  startedAtMs: number
  endedAtMs: number
  durationMs: number
  track: Track
  /** What was recorded: the mix, or the camera or the screen by itself. */
  content: 'mix' | 'main' | 'aux'
}
