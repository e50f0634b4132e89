import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { SystemParts } from '../network/gateway.ts'
import { findRoute, type FoundRoute } from '../network/route-hops.ts'
import type { ServerCheckParts } from '../network/server-check-parts.ts'
import { addressOf } from '../network/stage-times.ts'
import { within } from '../network/time-limit.ts'

/** Of the last station only: a station on the way that answers few questions limits its answers, not the traffic. */
const LOSS = { warn: 0.01, fail: 0.05 } as const
const SLOW_MS = 200

/** The stations on the way to the first server; `data.hops` has each one's `ip`, `lossRate` and `rttMs`. */
export const networkRoute = ({ servers, lookUp, ...parts }: ServerCheckParts & SystemParts) =>
  diagnostic({
    name: 'network.route',
    group: 'network',
    uses: 'nothing',
    timeoutMs: 150_000,
    async perform({ options, signal }) {
      const server = servers(options)[0]
      if (!server) return { status: 'skipped', code: 'nothing' }
      const ip = await within(5000, { clock: parts.clock, signal }, () => addressOf(server.host, { lookUp }))
      return judgeRoute(server.host, ip, await findRoute(ip, parts, signal))
    },
  })

export function judgeRoute(host: string, ip: string, route: FoundRoute | null): FindingOf<'network.route'> {
  if (route === null) return { status: 'skipped', code: 'no-tool' }
  const hops = route.hops.map((hop) => ({ ...hop }))
  const data = { host, ip, by: route.by, hops }
  const last = route.hops.at(-1)
  const answering = route.hops.filter(({ rttMs }) => rttMs !== null)
  if (answering.length === 0) return { status: 'skipped', code: 'silent', params: { host }, data }
  if (last?.ip !== ip || last.rttMs === null) return { status: 'warn', code: 'hidden', params: { host, hops: answering.length }, data }
  const percent = Math.round(last.lossRate * 1000) / 10
  const ms = Math.round(last.rttMs)
  // Three questions, as traceroute asks, count no percent.
  if (route.by === 'mtr' && last.lossRate > LOSS.warn) {
    return { status: last.lossRate > LOSS.fail ? 'fail' : 'warn', code: 'lossy', params: { host, percent }, value: percent, unit: '%', threshold: { warn: LOSS.warn * 100, fail: LOSS.fail * 100, worse: 'above' }, data }
  }
  const slow = ms > SLOW_MS
  return { status: slow ? 'warn' : 'pass', code: slow ? 'slow' : 'good', params: { host, ms, hops: last.number }, value: ms, unit: 'ms', threshold: { warn: SLOW_MS, worse: 'above' }, data }
}
