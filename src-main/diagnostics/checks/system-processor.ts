import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { ProcessorTimes } from './show-check-parts.ts'
import type { SystemCheckParts } from './system-parts.ts'

/** Percent of all processors together: from the first on coding has too little room left, beyond the second frames are lost. */
const BUSY_PERCENT = { warn: 70, fail: 90, worse: 'above' } as const
const LOOKS = 6
const EVERY_MS = 500

/** How busy the processor is for 3 s, whoever uses it. */
export const systemProcessor = ({ processorTimes }: Pick<SystemCheckParts, 'processorTimes'>) =>
  diagnostic({
    name: 'system.processor',
    group: 'system',
    uses: 'processor',
    timeoutMs: 15_000,
    async perform({ clock, signal, progress }) {
      const looks = [processorTimes()]
      while (looks.length <= LOOKS) {
        await clock.sleep(EVERY_MS, signal)
        looks.push(processorTimes())
        progress((looks.length - 1) / LOOKS)
      }
      return judgeLoad(looks)
    },
  })

/** `looks` in order of time, at least two. */
export function judgeLoad(looks: readonly ProcessorTimes[]): FindingOf<'system.processor'> {
  const percent = busyPercent(looks[0], looks.at(-1))
  // Where the system does not tell.
  if (percent === null) return { status: 'skipped', code: 'unknown' }
  const samples = looks.slice(1).flatMap((look, i) => busyPercent(looks[i], look) ?? [])
  const status = percent > BUSY_PERCENT.fail ? 'fail' : percent >= BUSY_PERCENT.warn ? 'warn' : 'pass'
  return { status, code: ({ pass: 'free', warn: 'busy', fail: 'full' } as const)[status], params: { percent }, value: percent, unit: '%', threshold: BUSY_PERCENT, samples, data: { percent } }
}

function busyPercent(before: ProcessorTimes | undefined, after: ProcessorTimes | undefined): number | null {
  const totalMs = (after?.totalMs ?? 0) - (before?.totalMs ?? 0)
  return totalMs <= 0 ? null : Math.round(Math.min(100, Math.max(0, 100 - (((after?.idleMs ?? 0) - (before?.idleMs ?? 0)) * 100) / totalMs)))
}
