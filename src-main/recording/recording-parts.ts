import type { StudioError } from '@shared/domain/errors.ts'
import type { RecordingFile } from '@shared/domain/recording.ts'
import type { Packet } from '@shared/domain/packet.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import type { Disk } from './disk.ts'
import type { ManifestFile } from './manifest.ts'
import type { Manifests, ShowRun } from './manifests.ts'
import type { Chapter } from './muxers/file-muxer.ts'

/** What everything that writes recordings works with. */
export interface RecordingParts {
  clock: Clock
  disk: Disk
  logger: Logger
  manifests: Manifests
}

/** Where one recording goes. */
export interface Place {
  /** The recordings folder, absolute. */
  root: string
  run: ShowRun
  /** Below the recordings folder, with `/`; may be empty. */
  folder: string
  /** What the names of its files begin with. */
  base: string
  /** Absent = the mixed program. */
  stream?: ManifestFile['stream']
}

/** One format of a recording: a file, or a playlist with its segments. */
export interface FormatRecording {
  readonly file: RecordingFile
  /** What waits to be written. */
  readonly queuedBytes: number
  /** In the order of times; the first one begins it. Takes time only where a file has to be made first, and then says so. */
  add(packet: Packet): Promise<void> | void
  /** What was gathered goes to the disk, also when nothing comes any more. */
  flush(): void
  /** Writes the rest and makes a whole file of it. Chapters are timed from its first frame. Never rejects. */
  end(chapters: readonly Chapter[]): Promise<void>
}

export type OnFailure = (failure: StudioError) => void

export const relative = (folder: string, name: string): string => (folder === '' ? name : `${folder}/${name}`)

/** What a manifest says of a file that has just been begun. */
export const begun = (file: Pick<ManifestFile, 'path' | 'format' | 'kind' | 'startedAtMs' | 'width' | 'height' | 'stream' | 'tracks'>): ManifestFile => ({
  ...file, finished: false, durationMs: null, sizeBytes: null, chapters: [],
})
