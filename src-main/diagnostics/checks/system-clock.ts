import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { SystemCheckParts } from './system-parts.ts'

/** s; what is heard has whole seconds only, and a minute is what signatures are usually allowed to be off. */
const OFF_S = { warn: 2, fail: 60, worse: 'above' } as const

/** The clock's offset for the report, without asking anybody; `network.clock` asks. */
export const systemClockOffset = ({ heardOffsetMs }: Pick<SystemCheckParts, 'heardOffsetMs'>) =>
  diagnostic({ name: 'system.clock', group: 'system', uses: 'nothing', timeoutMs: 2000, perform: async () => judgeHeard(heardOffsetMs()) })

export function judgeHeard(offsetMs: number | null): FindingOf<'system.clock'> {
  if (offsetMs === null) return { status: 'skipped', code: 'unknown' }
  const off = Math.abs(offsetMs) / 1000
  const [status, code] = off > OFF_S.fail ? (['fail', 'far'] as const) : off > OFF_S.warn ? (['warn', 'off'] as const) : (['pass', 'good'] as const)
  return { status, code, params: { seconds: Math.max(1, Math.ceil(off)) }, value: off, unit: 's', threshold: OFF_S, data: { offsetMs: Math.round(offsetMs) } }
}
