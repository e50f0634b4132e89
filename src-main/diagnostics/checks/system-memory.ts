import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { SystemCheckParts } from './system-parts.ts'

/** GB: the studio with its window and encoder takes up to one at 1080p; with less than half of that the system begins to swap. */
const FREE_GB = { warn: 1, fail: 0.5, worse: 'below' } as const

/** Whether there is memory left for a show. */
export const systemMemory = ({ memory }: Pick<SystemCheckParts, 'memory'>) =>
  diagnostic({ name: 'system.memory', group: 'system', uses: 'nothing', timeoutMs: 2000, perform: async () => judgeMemory(memory()) })

export function judgeMemory({ totalBytes, availableBytes }: { totalBytes: number; availableBytes: number }): FindingOf<'system.memory'> {
  const [totalGb, availableGb] = [gb(totalBytes), gb(availableBytes)]
  const status = availableGb < FREE_GB.fail ? 'fail' : availableGb < FREE_GB.warn ? 'warn' : 'pass'
  const code = ({ pass: 'enough', warn: 'little', fail: 'none' } as const)[status]
  return { status, code, params: { totalGb, availableGb }, value: availableGb, unit: 'GB', threshold: FREE_GB, data: { totalGb, availableGb } }
}

const gb = (bytes: number): number => Math.round(bytes / 1e8) / 10
