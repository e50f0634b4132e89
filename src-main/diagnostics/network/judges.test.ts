import { describe, expect, it } from 'vitest'
import { lineFigures } from '@shared/domain/network-line.ts'
import { judgeClock } from '../checks/network-clock.ts'
import { judgeGateway } from '../checks/network-gateway.ts'
import { judgeNdt7 } from '../checks/network-ndt7.ts'
import { judgeRoute } from '../checks/network-route.ts'
import { judgeWifi } from '../checks/network-wifi.ts'
import { figuresOf, judgeLine, noFigures } from './judge-line.ts'
import { judgeNames, judgeReach, type ReachedServer } from './judge-servers.ts'
import { jitterOf, lossRates, median } from '@shared/diagnostics/line-numbers.ts'
import { bloatGradeOf, rateKbps } from './line-numbers.ts'
import type { MeasuredLine } from './line-test.ts'
import type { StageTimes } from './stage-times.ts'

describe('the numbers of a line', () => {
  it('are the usual ones', () => {
    expect([median([]), median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([null, 2, 2.5])
    expect([jitterOf([5]), jitterOf([10, 12, 11])]).toEqual([null, 1.5])
    expect([0, 4.9, 5, 29, 59, 199, 399, 400].map(bloatGradeOf)).toEqual(['A+', 'A+', 'A', 'A', 'B', 'C', 'D', 'F'])
  })

  it('tell losses of one direction from those of the other', () => {
    expect(lossRates({ sent: 1000, there: 950, back: 855 })).toEqual({ up: 1 - 0.95, down: 1 - 0.9 })
    expect(lossRates({ sent: 100, there: 20, back: 90 })).toEqual({ up: 1 - 0.9, down: 0 })
    expect(lossRates({ sent: 100, there: null, back: 90 })).toEqual({ up: null, down: null })
    expect(lossRates({ sent: 100, there: 100, back: 0 })).toEqual({ up: null, down: null })
  })

  it('leave the beginning of a transfer out', () => {
    const steady = Array.from({ length: 41 }, (_each, i) => ({ atMs: i * 100, bytes: i < 10 ? i : 10 + (i - 10) * 12_500 }))
    expect(rateKbps(steady)! / 1000).toBeGreaterThan(0.97)
    expect(rateKbps([{ atMs: 0, bytes: 0 }, { atMs: 100, bytes: 12_500 }])).toBe(1000)
    expect(rateKbps([{ atMs: 0, bytes: 0 }, { atMs: 100, bytes: 0 }])).toBeNull()
    expect(rateKbps([])).toBeNull()
  })
})

describe('judgeLine', () => {
  const measured = (given: Partial<MeasuredLine> = {}): MeasuredLine => ({
    ip: '192.0.2.9', rttsMs: [30, 32, 31], udp: { sent: 400, there: 400, back: 400 }, lossUp: 0, lossDown: 0, downKbps: 20_000, upKbps: 10_000, idlePingMs: 31, loadedPingMs: 45, wrong: null, ...given,
  })
  const judge = (given: Partial<MeasuredLine> = {}, expected = { upKbps: 0, downKbps: 0 }) => {
    const figures = figuresOf(measured(given))
    expect(lineFigures.safeParse(figures).error).toBeUndefined()
    const increaseMs = given.idlePingMs === null ? null : (given.loadedPingMs ?? 45) - 31
    return judgeLine(figures, expected, increaseMs)
  }

  it('has the figures of the contract', () => {
    expect(judge().data).toEqual({
      success: true, errMsg: '', ip: '192.0.2.9', quality: 1, upLostRate: 0, downLostRate: 0, rtt: 31, jitter: 1.5, availableUpBandwidth: 10_000, availableDownBandwidth: 20_000,
      rttUnderLoad: 45, bloatGrade: 'A', udp: true, advice: [], safeUpKbps: 7000,
    })
    expect(judge({ upKbps: null, downKbps: null }).data).toMatchObject({ availableUpBandwidth: -1, availableDownBandwidth: -1, safeUpKbps: null })
    expect(lineFigures.safeParse(noFigures(6, 'connect-timeout')).success).toBe(true)
  })

  it.each<[string, Partial<MeasuredLine>, { upKbps: number; downKbps: number } | undefined, string, string]>([
    ['nothing', {}, undefined, 'pass', 'good'],
    ['enough for what is wanted', { upKbps: 6000 }, { upKbps: 4000, downKbps: 0 }, 'pass', 'good'],
    ['half as much loss again', { lossUp: 0.05 }, undefined, 'pass', 'good'],
    ['a fair line', { lossDown: 0.21 }, undefined, 'warn', 'fair'],
    ['a poor line', { lossUp: 0.31 }, undefined, 'fail', 'poor'],
    ['a very slow line', { rttsMs: [600] }, undefined, 'fail', 'poor'],
    ['a poor line whose width is unknown', { lossUp: 0.31, upKbps: null }, undefined, 'fail', 'poor-unmeasured'],
    ['a narrow line', { upKbps: 4000 }, { upKbps: 4000, downKbps: 0 }, 'fail', 'narrow'],
    ['a line with little room', { upKbps: 5000 }, { upKbps: 4000, downKbps: 0 }, 'warn', 'tight'],
    ['a line that is narrow downwards', { downKbps: 1000 }, { upKbps: 0, downKbps: 1000 }, 'fail', 'narrow-down'],
    ['a line that gets slow', { loadedPingMs: 331 }, undefined, 'warn', 'bloated'],
    ['no datagrams', { udp: { sent: 400, there: 0, back: 0 }, lossUp: null, lossDown: null }, undefined, 'warn', 'no-datagrams'],
    ['nothing that came back', { rttsMs: [], lossUp: null, lossDown: null, udp: null }, undefined, 'warn', 'unknown'],
  ])('of %s', (_what, given, expected, status, code) => {
    expect(judge(given, expected)).toMatchObject({ status, code })
  })

  it('advises in order, with the bitrate', () => {
    expect(judge({ lossUp: 0.4, upKbps: 3000 })).toMatchObject({ params: { kbps: 2100, lossPercent: 40 }, data: { advice: ['lower-bitrate', 'cable', 'another-network', 'sound-only'], quality: 4 } })
  })
})

describe('the other verdicts', () => {
  const reached = (times: Partial<StageTimes>, host = 'live.example'): ReachedServer => ({
    server: { destinationId: 'd1', host, port: 1935, trust: null, protocol: 'tcp' }, times: { dnsMs: 10, tcpMs: 20, tlsMs: null, ip: '192.0.2.1', failure: null, ...times },
  })
  const failed = (stage: 'dns' | 'tcp' | 'tls', reason: 'name-not-resolved' | 'connection-refused' | 'connect-timeout' | 'certificate-expired') => reached({ failure: { stage, reason, evidence: '' } })

  it('of names', () => {
    expect(judgeNames([reached({ dnsMs: 49 })])).toMatchObject({ status: 'pass', code: 'good' })
    expect(judgeNames([reached({}), reached({ dnsMs: 51 }, 'slow.example')])).toMatchObject({ status: 'warn', code: 'slow', params: { host: 'slow.example' } })
    expect(judgeNames([reached({ dnsMs: 151 })])).toMatchObject({ status: 'fail', code: 'very-slow' })
    expect(judgeNames([failed('dns', 'name-not-resolved')])).toMatchObject({ status: 'fail', code: 'not-found', about: 'd1' })
    expect(judgeNames([])).toMatchObject({ status: 'skipped', code: 'nothing' })
  })

  it('of servers', () => {
    expect(judgeReach([reached({})])).toMatchObject({ status: 'pass', code: 'good', params: { ms: 20 } })
    expect(judgeReach([reached({ tcpMs: 201 })])).toMatchObject({ status: 'warn', code: 'slow' })
    expect(judgeReach([reached({}), failed('tcp', 'connection-refused')])).toMatchObject({ status: 'fail', code: 'refused', params: { port: 1935 } })
    expect(judgeReach([failed('tcp', 'connect-timeout')])).toMatchObject({ code: 'unreachable' })
    expect(judgeReach([failed('tls', 'certificate-expired')])).toMatchObject({ code: 'tls', evidence: 'certificate-expired' })
    expect(judgeReach([failed('dns', 'name-not-resolved')])).toMatchObject({ code: 'not-found' })
  })

  it('of the router', () => {
    const answers = (rttMs: number, count = 10) => ({ by: 'ping' as const, sent: 10, rttsMs: Array.from({ length: count }, () => rttMs) })
    expect(['good', 'slow', 'very-slow']).toEqual([9, 10, 51].map((ms) => judgeGateway('192.0.2.1', answers(ms)).code))
    expect(judgeGateway('192.0.2.1', answers(2, 9))).toMatchObject({ status: 'fail', code: 'lossy', params: { percent: 10 } })
    expect(judgeGateway('192.0.2.1', null)).toMatchObject({ status: 'skipped', code: 'silent' })
  })

  it('of Wi-Fi', () => {
    expect([-60, -61, -71].map((dbm) => judgeWifi({ dbm, band: 5 }).code)).toEqual(['strong', 'fair', 'weak'])
    expect([judgeWifi(null).code, judgeWifi(undefined).code]).toEqual(['none', 'unknown'])
  })

  it('of a route, by its last station alone', () => {
    const hop = (number: number, ip: string | null, lossRate: number, rttMs: number | null) => ({ number, ip, lossRate, rttMs })
    const to = (...hops: ReturnType<typeof hop>[]) => judgeRoute('live.example', '198.51.100.7', { by: 'mtr', hops })
    expect(to(hop(1, '192.0.2.1', 0.9, 1), hop(2, '198.51.100.7', 0, 30))).toMatchObject({ status: 'pass', code: 'good', params: { hops: 2, ms: 30 } })
    expect(to(hop(1, '198.51.100.7', 0.1, 30))).toMatchObject({ status: 'fail', code: 'lossy', params: { percent: 10 } })
    expect(to(hop(1, '198.51.100.7', 0, 201))).toMatchObject({ status: 'warn', code: 'slow' })
    expect(to(hop(1, '192.0.2.1', 0, 1), hop(2, null, 1, null))).toMatchObject({ status: 'warn', code: 'hidden' })
    expect(to(hop(1, null, 1, null))).toMatchObject({ status: 'skipped', code: 'silent' })
    expect(judgeRoute('live.example', '198.51.100.7', null)).toMatchObject({ status: 'skipped', code: 'no-tool' })
  })

  it('of the clock', () => {
    expect([20, -1900, 2100, -61_000].map((ms) => judgeClock(ms, 'ntp').code)).toEqual(['good', 'good', 'off', 'far'])
    expect(judgeClock(-15, 'ntp').params).toEqual({ seconds: 0.02 })
    expect(judgeClock(-15, 'http').params).toEqual({ seconds: 1 })
  })

  it('of ndt7', () => {
    const of = (kbps: number | null, wrong: string | null = null) => ({ kbps, bytes: 1, ip: '192.0.2.9', wrong })
    const judge = (upKbps: number | null, wanted: number, wrong: string | null = null) => judgeNdt7({ server: 's', down: of(9000), up: of(upKbps, wrong) }, wanted)
    expect([judge(5000, 0), judge(6000, 4000), judge(5000, 4000), judge(4000, 4000), judge(null, 0), judge(null, 0, 'lies')].map(({ code }) => code)).toEqual(['measured', 'measured', 'tight', 'narrow', 'unusable', 'server-wrong'])
  })
})
