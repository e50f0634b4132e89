import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { diskRoom } from './checks/disk-room.ts'

/** What main's checks look at; each takes what it needs. */
export interface MainCheckParts {
  /** Where recordings go now. */
  recordingsFolder: () => string
  /** Bytes free for this user at a path. */
  freeBytes: (path: string) => Promise<number>
}

/** Every check that main carries out, a line each. */
export const mainChecks = (parts: MainCheckParts): RunnableCheck[] => [
  diskRoom(parts),
]
