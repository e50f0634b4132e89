import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { SHOW_CHECK_MS, type ShowCheckParts } from './show-check-parts.ts'

/** s; by less than a minute neither signatures nor time stamps are misunderstood. */
const OFF_S = { warn: 60, worse: 'above' } as const

/** Whether this computer's clock is about right, by what servers have said so far; nobody is asked. */
export const showClock = ({ clockOffsetMs }: Pick<ShowCheckParts, 'clockOffsetMs'>) =>
  diagnostic({ name: 'show.clock', group: 'show', uses: 'nothing', timeoutMs: SHOW_CHECK_MS, perform: async () => judgeOffset(clockOffsetMs()) })

export function judgeOffset(offsetMs: number | null): FindingOf<'show.clock'> {
  if (offsetMs === null) return { status: 'skipped', code: 'unknown' }
  const seconds = Math.round(Math.abs(offsetMs) / 1000)
  const figures = { value: seconds, unit: 's', threshold: OFF_S }
  if (seconds <= OFF_S.warn) return { status: 'pass', code: 'good', ...figures }
  return { status: 'warn', code: offsetMs > 0 ? 'behind' : 'ahead', params: { minutes: Math.max(1, Math.round(seconds / 60)) }, actions: ['again'], ...figures }
}
