import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { SHOW_CHECK_MS, type ProcessorTimes, type ShowCheckParts } from './show-check-parts.ts'

/**
 * Percent of all processors together: from the first on coding has little room left, from the second on frames are lost. Higher than
 * the limits of `system.processor`: the studio composes already, which alone takes half of a small laptop, and nobody shall be asked
 * before every show.
 */
const BUSY_PERCENT = { warn: 85, fail: 95, worse: 'above' } as const
/** Long enough for the steps of 10 ms in which systems count. */
const OVER_MS = 500

/** Whether the computer has room for coding the show, whatever else it does. */
export const showProcessor = ({ processorTimes }: Pick<ShowCheckParts, 'processorTimes'>) =>
  diagnostic({
    name: 'show.processor',
    group: 'show',
    uses: 'nothing',
    timeoutMs: SHOW_CHECK_MS,
    async perform({ clock, signal }) {
      const before = processorTimes()
      await clock.sleep(OVER_MS, signal)
      return judgeProcessor(before, processorTimes())
    },
  })

export function judgeProcessor(before: ProcessorTimes, after: ProcessorTimes): FindingOf<'show.processor'> {
  const totalMs = after.totalMs - before.totalMs
  // Where the system does not tell.
  if (totalMs <= 0) return { status: 'skipped', code: 'unknown' }
  const percent = Math.round(Math.min(100, Math.max(0, 100 - ((after.idleMs - before.idleMs) * 100) / totalMs)))
  const status = percent > BUSY_PERCENT.fail ? 'fail' : percent >= BUSY_PERCENT.warn ? 'warn' : 'pass'
  return {
    status, code: ({ pass: 'good', warn: 'busy', fail: 'full' } as const)[status], params: { percent }, value: percent, unit: '%', threshold: BUSY_PERCENT,
    ...(status !== 'pass' && { actions: ['go-to-settings'], about: 'encoding' }),
  }
}
