import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import type { Clock } from '../../base/clock.ts'
import type { ReachableServer } from './reachable-servers.ts'
import type { LookUp } from './stage-times.ts'

/** What checks of the ways to servers need. */
export interface ServerCheckParts {
  /** The servers that a run with these options is about. */
  servers(options: DiagnosticOptions): ReachableServer[]
  clock: Clock
  lookUp: LookUp
}
