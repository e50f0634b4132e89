import { INGEST_BEGIN_KBPS } from '@shared/domain/ingest-plan.ts'
import type { IngestStep } from '@shared/domain/ingest-push.ts'
import { ARRIVES_SHARE } from './step-verdict.ts'

/** What a ladder of rates has shown. */
export interface Climb {
  steps: IngestStep[]
  /** The most that held; null when the line broke before any did. */
  bestKbps: number | null
  /** The line gave out before the ladder did. */
  lineLimited: boolean
}

/**
 * Tries rising rates until one does not hold; when the first does not, falling ones until one does. A rate that was too much has
 * filled the line, so what arrived then is what the line takes, which lies between two steps.
 */
export async function climb(ladder: readonly number[], tryRate: (kbps: number) => Promise<IngestStep>): Promise<Climb> {
  const steps: IngestStep[] = []
  const begin = Math.max(0, ladder.findLastIndex((kbps) => kbps <= INGEST_BEGIN_KBPS))
  const step = async (kbps: number): Promise<boolean> => {
    const done = await tryRate(kbps)
    steps.push(done)
    return done.failed === null
  }
  let at = begin
  while (at < ladder.length && (await step(ladder[at]!))) at++
  if (at === begin && steps[0]?.failed !== 'broken') {
    for (at = begin - 1; at >= 0 && steps.at(-1)?.failed !== 'broken' && !(await step(ladder[at]!)); at--);
  }
  return { steps, bestKbps: bestOf(steps), lineLimited: steps.some(({ failed }) => failed !== null) }
}

/** Of what held, and of what arrived while too much was sent: never quite the rate that did not hold. */
export function bestOf(steps: readonly IngestStep[]): number | null {
  const held = steps.filter(({ failed }) => failed === null).map(({ targetKbps }) => targetKbps)
  const filled = steps.filter(({ failed }) => failed !== null && failed !== 'broken').map(({ goodputKbps, targetKbps }) => Math.min(goodputKbps, targetKbps * ARRIVES_SHARE))
  return held.length + filled.length === 0 ? null : Math.max(...held, ...filled)
}
