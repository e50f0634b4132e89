import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { jitterOf, lossRates, median } from '@shared/diagnostics/line-numbers.ts'
import { lineQualityOf } from '@shared/domain/line-quality.ts'
import type { CountedPackets } from './packet-count.ts'

/** Shares that are lost: from 1 % on pictures suffer, from 5 % on sound does, too. */
const LOSS = { warn: 0.01, fail: 0.05 }

const tenth = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)
const share = (value: number | null): number | null => (value === null ? null : Math.round(value * 10_000) / 10_000)

/** What the packets of a measurement mean. */
export function judgeChannel(counted: CountedPackets): FindingOf<'network.channel'> {
  const { sent, back, server, rttsMs, wrong } = counted
  if (wrong !== null) return { status: 'error', code: 'server-wrong', evidence: wrong }
  const { up, down } = lossRates({ sent, there: server?.received ?? null, back })
  // Without the server's counts it is not known on which way they were lost.
  const lossRate = up === null || down === null ? 1 - back / sent : Math.max(up, down)
  const rtt = median(rttsMs)
  const quality = lineQualityOf({ connected: true, lossRate, rttMs: rtt ?? undefined })
  const data = { quality, upLostRate: share(up), downLostRate: share(down), rtt: tenth(rtt), jitter: tenth(jitterOf(rttsMs)), sent, back, there: server?.received ?? null }
  const lossPercent = Math.round(lossRate * 1000) / 10
  const all = { params: { rttMs: Math.round(rtt ?? 0), lossPercent }, value: lossPercent, unit: '%', threshold: { warn: LOSS.warn * 100, fail: LOSS.fail * 100, worse: 'above' as const }, data }
  if (lossRate >= LOSS.fail) return { ...all, status: 'fail', code: 'very-lossy' }
  if (lossRate >= LOSS.warn) return { ...all, status: 'warn', code: 'lossy' }
  if (quality > 2) return { ...all, status: quality > 3 ? 'fail' : 'warn', code: quality > 3 ? 'very-slow' : 'slow' }
  return { ...all, status: 'pass', code: 'good' }
}
