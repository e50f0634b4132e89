import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import type { ReachableServer } from './reachable-servers.ts'
import type { StageTimes } from './stage-times.ts'

/** One server and the way to it. */
export interface ReachedServer {
  server: ReachableServer
  times: StageTimes
}

/** ms that looking up a name may take. */
const DNS_MS = { warn: 50, fail: 150, worse: 'above' } as const
/** ms to a server's first answer: round trips above 200 are "fair" on the scale of line-quality.ts. */
const ANSWER_MS = { warn: 200, worse: 'above' } as const

const dataOf = (reached: readonly ReachedServer[]): NonNullable<Finding['data']> => ({
  servers: reached.map(({ server: { destinationId, host, port, protocol }, times }) => ({ destinationId, host, port, protocol, ...times })),
})

/** The slowest name decides. */
export function judgeNames(reached: readonly ReachedServer[]): FindingOf<'network.dns'> {
  const names = reached.filter(({ server, times }) => times.ip !== server.host)
  const data = dataOf(names)
  const failed = names.find(({ times }) => times.failure?.stage === 'dns')
  if (failed) return { status: 'fail', code: 'not-found', params: { host: failed.server.host }, data, ...evidence(failed), ...about(failed) }
  const slowest = names.toSorted((a, b) => (b.times.dnsMs ?? 0) - (a.times.dnsMs ?? 0))[0]
  if (!slowest) return { status: 'skipped', code: 'nothing' }
  const ms = Math.round(slowest.times.dnsMs ?? 0)
  const [status, code] = ms > DNS_MS.fail ? (['fail', 'very-slow'] as const) : ms >= DNS_MS.warn ? (['warn', 'slow'] as const) : (['pass', 'good'] as const)
  return { status, code, params: { ms, host: slowest.server.host }, value: ms, unit: 'ms', threshold: DNS_MS, data }
}

/** The first that cannot be reached decides, else the slowest. */
export function judgeReach(reached: readonly ReachedServer[]): FindingOf<'network.reach'> {
  const data = dataOf(reached)
  const failed = reached.find(({ times }) => times.failure)
  if (failed) {
    const { host, port } = failed.server
    return { status: 'fail', code: codeOf(failed.times.failure!), params: { host, port }, data, ...evidence(failed), ...about(failed) }
  }
  const slowest = reached.filter(({ times }) => times.tcpMs !== null).toSorted((a, b) => b.times.tcpMs! - a.times.tcpMs!)[0]
  if (!slowest) return { status: 'skipped', code: 'nothing', data }
  const ms = Math.round(slowest.times.tcpMs!)
  const slow = ms > ANSWER_MS.warn
  return { status: slow ? 'warn' : 'pass', code: slow ? 'slow' : 'good', params: { ms, host: slowest.server.host }, value: ms, unit: 'ms', threshold: ANSWER_MS, data }
}

function codeOf({ stage, reason }: NonNullable<StageTimes['failure']>): FindingOf<'network.reach'>['code'] {
  if (stage === 'dns') return 'not-found'
  if (stage === 'tls') return 'tls'
  return reason === 'connection-refused' ? 'refused' : 'unreachable'
}

const evidence = ({ times: { failure } }: ReachedServer) => (failure ? { evidence: `${failure.reason}${failure.evidence ? `: ${failure.evidence}` : ''}` } : {})
const about = ({ server }: ReachedServer): Pick<Finding, 'actions' | 'about'> => (server.destinationId === null ? { actions: ['again'] } : { actions: ['go-to-destination'], about: server.destinationId })
