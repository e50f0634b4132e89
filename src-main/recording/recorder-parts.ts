import type { ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { Notice } from '@shared/contracts/studio.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { RecordingSettings } from '@shared/domain/recording.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { ProgramBus } from '../bus/program-bus.ts'
import type { ShowRun } from './manifests.ts'
import type { RecordingParts } from './recording-parts.ts'

/** What is on the program and who wants it. */
export interface RecordedProgram {
  bus(content: ProgramContent): Pick<ProgramBus, 'subscribe'>
  /** These contents flow, the mix with these sound tracks (2 to 6) beside the first, until what is returned is called. */
  want(contents: readonly ProgramContent[], tracks: readonly number[]): () => void
  figures(): ProgramFigures | null
  sources(): readonly SourceStatus[]
}

export interface RecorderParts extends RecordingParts {
  program: RecordedProgram
  settings(): RecordingSettings
  /** The recordings folder, absolute. */
  folder(): string
  showRun(): ShowRun
  onNotice(failure: StudioError, level: Notice['level']): void
}
