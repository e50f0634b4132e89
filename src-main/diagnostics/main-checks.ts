import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'
import { diskRoom } from './checks/disk-room.ts'
import type { MainCheckParts } from './main-check-parts.ts'

/** Every check that main carries out, a line each. */
export const mainChecks = (parts: MainCheckParts): RunnableCheck[] => [
  diskRoom(parts),
]
