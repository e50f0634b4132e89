import type { IngestTimes } from '@shared/domain/ingest-plan.ts'
import type { IngestFigures } from '@shared/domain/ingest-push.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import { PushSession, type SessionParts } from './push-session.ts'
import { goodputOf } from './step-verdict.ts'

/**
 * The rate for each of several destinations at once, kbit/s. What filled the line alone is shared out: more would tell nothing. A line
 * that was never full gets the most that every destination takes.
 */
export function togetherRate(measured: readonly IngestFigures[]): number {
  const bests = measured.map(({ bestKbps }) => bestKbps ?? 0)
  const widest = Math.max(...bests)
  const isFull = measured.some(({ bestKbps, lineLimited }) => bestKbps === widest && lineLimited)
  return Math.round(isFull ? Math.min(...bests, widest / bests.length) : Math.min(...bests))
}

/** Pushes to all of them at once; what arrived in sum, kbit/s. null = not every one took it. Rejects with the signal's reason alone. */
export async function pushTogether(targets: readonly OutputTarget[], kbps: number, parts: SessionParts, times: IngestTimes): Promise<number | null> {
  // Servers need a moment to forget the publisher before.
  await parts.clock.sleep(times.settleMs, parts.signal)
  const opened = await Promise.allSettled(targets.map((target) => PushSession.open(target, kbps, parts)))
  const sessions = opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  try {
    parts.signal.throwIfAborted()
    if (sessions.length < targets.length) return null
    const samples = await Promise.all(sessions.map((session) => session.measure(kbps, times.settleMs, times.togetherMs, false)))
    if (sessions.some(({ failure }) => failure)) return null
    return Math.round(samples.reduce((sum, each) => sum + (goodputOf(each) ?? 0), 0))
  } finally {
    await Promise.all(sessions.map((session) => session.close()))
  }
}
