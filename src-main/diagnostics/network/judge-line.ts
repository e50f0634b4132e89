import { lineQualityOf } from '@shared/domain/line-quality.ts'
import type { LineFigures } from '@shared/domain/network-line.ts'
import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import { jitterOf, median } from '@shared/diagnostics/line-numbers.ts'
import { bloatGradeOf } from './line-numbers.ts'
import type { MeasuredLine } from './line-test.ts'

/** What is wanted of the line, kbit/s each; 0 = nothing. */
export interface ExpectedLine {
  upKbps: number
  downKbps: number
}

/** How much a line must carry of what is wanted: OBS's and Vonage's 75 % turned around is 1.33; less than 1.1 has no room at all. */
const ENOUGH = 1.5
const TOO_LITTLE = 1.1
/** 30 % stay free. */
const SAFE_SHARE = 0.7
/** Adds more than 200 ms when full: grade D and worse. */
const BLOATED_MS = 200

const tenth = (value: number | null): number | null => (value === null ? null : Math.round(value * 10) / 10)
const share = (value: number | null): number | null => (value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000)

/** A measured line as the figures that everybody knows. */
export function figuresOf(measured: MeasuredLine): LineFigures {
  const rtt = median(measured.rttsMs)
  const worst = Math.max(measured.lossUp ?? -1, measured.lossDown ?? -1)
  const lossRate = worst < 0 ? undefined : worst
  const quality = lineQualityOf({ connected: true, lossRate, rttMs: rtt ?? undefined })
  const increase = measured.idlePingMs === null || measured.loadedPingMs === null ? null : Math.max(0, measured.loadedPingMs - measured.idlePingMs)
  const safeUpKbps = measured.upKbps === null ? null : Math.floor(measured.upKbps * SAFE_SHARE)
  return {
    success: true, errMsg: '', ip: measured.ip, quality,
    upLostRate: share(measured.lossUp), downLostRate: share(measured.lossDown),
    rtt: tenth(rtt), jitter: tenth(jitterOf(measured.rttsMs)),
    availableUpBandwidth: measured.upKbps === null ? -1 : Math.round(measured.upKbps),
    availableDownBandwidth: measured.downKbps === null ? -1 : Math.round(measured.downKbps),
    rttUnderLoad: tenth(measured.loadedPingMs), bloatGrade: increase === null ? null : bloatGradeOf(increase),
    udp: measured.udp === null ? null : measured.udp.back > 0,
    advice: adviceFor(quality), safeUpKbps,
  }
}

/** Of a line that could not be measured. */
export const noFigures = (quality: LineFigures['quality'], errMsg: string): LineFigures => ({
  success: false, errMsg, ip: '', quality, upLostRate: null, downLostRate: null, rtt: null, jitter: null, availableUpBandwidth: -1, availableDownBandwidth: -1,
  rttUnderLoad: null, bloatGrade: null, udp: null, advice: adviceFor(quality), safeUpKbps: null,
})

/** Above fair, in this order. */
const adviceFor = (quality: LineFigures['quality']): LineFigures['advice'] => (quality > 3 ? ['lower-bitrate', 'cable', 'another-network', 'sound-only'] : [])

/** What the figures mean, the worst first. */
export function judgeLine(figures: LineFigures, { upKbps, downKbps }: ExpectedLine, increaseMs: number | null): FindingOf<'network.line'> {
  const { quality, rtt, availableUpBandwidth: up, availableDownBandwidth: down, safeUpKbps } = figures
  const lossPercent = Math.round(Math.max(figures.upLostRate ?? 0, figures.downLostRate ?? 0) * 1000) / 10
  const rttMs = Math.round(rtt ?? 0)
  const all = { data: figures as unknown as NonNullable<Finding['data']>, value: quality, threshold: { warn: 2, fail: 3, worse: 'above' as const } }
  if (quality > 3 && safeUpKbps !== null) return { ...all, status: 'fail', code: 'poor', params: { rttMs, lossPercent, kbps: safeUpKbps } }
  if (quality > 3) return { ...all, status: 'fail', code: 'poor-unmeasured', params: { rttMs, lossPercent } }
  const upShort = shortage(up, upKbps)
  const downShort = shortage(down, downKbps)
  const width = (kbps: number, wantedKbps: number) => ({ value: kbps, unit: 'kbit/s', threshold: { warn: wantedKbps * ENOUGH, fail: wantedKbps * TOO_LITTLE, worse: 'below' as const } })
  if (upShort) return { ...all, ...width(up, upKbps), status: upShort, code: upShort === 'fail' ? 'narrow' : 'tight', params: { kbps: up, wantedKbps: upKbps, safeKbps: Math.floor(up * SAFE_SHARE) }, actions: ['apply-preset'] }
  if (downShort) return { ...all, ...width(down, downKbps), status: downShort, code: 'narrow-down', params: { kbps: down, wantedKbps: downKbps } }
  if (quality === 3) return { ...all, status: 'warn', code: 'fair', params: { rttMs, lossPercent } }
  if (increaseMs !== null && increaseMs >= BLOATED_MS) return { ...all, value: Math.round(increaseMs), unit: 'ms', threshold: { warn: BLOATED_MS, worse: 'above' }, status: 'warn', code: 'bloated', params: { ms: Math.round(increaseMs), grade: figures.bloatGrade ?? '' } }
  if (quality === 0) return { ...all, status: 'warn', code: 'unknown' }
  if (figures.udp === false) return { ...all, status: 'warn', code: 'no-datagrams', params: { rttMs } }
  return { ...all, status: 'pass', code: 'good', params: { rttMs } }
}

function shortage(kbps: number, wantedKbps: number): 'warn' | 'fail' | null {
  if (wantedKbps === 0 || kbps < 0) return null
  return kbps < wantedKbps * TOO_LITTLE ? 'fail' : kbps < wantedKbps * ENOUGH ? 'warn' : null
}
