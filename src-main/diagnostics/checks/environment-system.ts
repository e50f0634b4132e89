import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { SystemCheckParts, SystemFacts } from './system-parts.ts'

/** Logical processors: with fewer, OBS Studio's wizard recommends 960×540 at 30 frames a second at most. */
const ENOUGH_CORES = 4

/** The computer, its system and the engines. */
export const environmentSystem = ({ facts, versions }: Pick<SystemCheckParts, 'facts' | 'versions'>) =>
  diagnostic({ name: 'environment.system', group: 'environment', uses: 'nothing', timeoutMs: 5000, perform: async () => judgeSystem(await facts(), versions()) })

export function judgeSystem({ os, release, arch, cpu, cores, memoryBytes }: SystemFacts, versions: Readonly<Record<string, string>>): FindingOf<'environment.system'> {
  const memoryGb = Math.round(memoryBytes / 1e8) / 10
  const few = cores < ENOUGH_CORES
  return {
    status: few ? 'warn' : 'pass',
    code: few ? 'few-processors' : 'told',
    params: { os, cpu, cores, memoryGb }, value: cores, threshold: { warn: ENOUGH_CORES, worse: 'below' },
    data: { os, release, arch, cpu, cores, memoryGb, versions: { ...versions } },
  }
}
