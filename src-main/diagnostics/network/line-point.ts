import { lineQualityOf } from '@shared/domain/line-quality.ts'
import type { LinePoint } from '@shared/domain/network-line.ts'
import type { Question } from './line-feed.ts'
import { jitterOf, median } from '@shared/diagnostics/line-numbers.ts'

/** Losses are counted over so long. */
export const LOSS_WINDOW_MS = 10_000
/** A question is unanswered after so long. */
const ANSWER_MS = 1000
/** Nothing answered for so long: the line is down. */
const DOWN_AFTER_MS = 3000

const tenth = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)

/** What the last seconds say about a line now; questions oldest first. */
export function linePointOf(questions: readonly Question[], { nowMs, atMs }: { nowMs: number; atMs: number }): LinePoint {
  const judged = questions.filter(({ sentMs, rttMs }) => nowMs - sentMs <= LOSS_WINDOW_MS + ANSWER_MS && (rttMs !== null || nowMs - sentMs > ANSWER_MS))
  const answered = judged.filter(({ rttMs }) => rttMs !== null)
  const rtts = (list: readonly Question[]) => list.flatMap(({ rttMs }) => (rttMs === null ? [] : [rttMs]))
  const latest = answered.filter(({ sentMs }) => nowMs - sentMs <= 2 * ANSWER_MS)
  const rttMs = median(rtts(latest))
  const lossRate = judged.length === 0 ? null : 1 - answered.length / judged.length
  const lately = judged.filter(({ sentMs }) => nowMs - sentMs <= DOWN_AFTER_MS + ANSWER_MS)
  const connected = lately.length === 0 || lately.some((each) => each.rttMs !== null)
  return {
    atMs, rttMs: tenth(rttMs), jitterMs: tenth(jitterOf(rtts(answered.slice(-40)))), lossRate: lossRate === null ? null : Math.round(lossRate * 10_000) / 10_000,
    quality: lineQualityOf({ connected, lossRate: lossRate ?? undefined, rttMs: rttMs ?? undefined }),
  }
}
