import { lookup } from 'node:dns/promises'
import { connect, isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { StudioError, type Reason } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { socketFailure } from '../../outputs/rtmp/rtmp-reasons.ts'
import { tlsOptions } from '../../outputs/tls-trust.ts'
import type { ReachableServer } from './reachable-servers.ts'
import { within } from './time-limit.ts'

/** How long each step to a server took, ms; null = it was not come to. */
export interface StageTimes {
  dnsMs: number | null
  tcpMs: number | null
  tlsMs: number | null
  /** Of the address that was used; empty when the name was not found. */
  ip: string
  failure: { stage: 'dns' | 'tcp' | 'tls'; reason: Reason; evidence: string } | null
}

/** Finds addresses of a name: the system's own way, which every output uses. */
export type LookUp = (host: string) => Promise<readonly { address: string }[]>
export const systemLookUp: LookUp = (host) => lookup(host, { all: true, verbatim: true })

export interface StageParts {
  clock: Clock
  signal: AbortSignal
  lookUp: LookUp
}

const STAGE_MS = 4000

/** Goes to a server step by step, as far as TLS, and leaves at once. Rejects with the signal's reason alone. */
export async function stageTimes(server: ReachableServer, parts: StageParts): Promise<StageTimes> {
  const times: StageTimes = { dnsMs: null, tcpMs: null, tlsMs: null, ip: '', failure: null }
  let stage: 'dns' | 'tcp' | 'tls' = 'dns'
  let socket: Socket | null = null
  try {
    const [firstMs, ip] = await timed(parts, () => addressOf(server.host, parts))
    Object.assign(times, { dnsMs: firstMs, ip })
    if (server.protocol === 'udp') return times
    stage = 'tcp'
    const { port, trust, host } = server
    const [tcpMs, opened] = await timed(parts, (signal) => opening(connect({ host: ip, port, noDelay: true }), 'connect', signal))
    socket = opened
    times.tcpMs = tcpMs
    if (!trust) return times
    stage = 'tls'
    const [tlsMs, secured] = await timed(parts, (signal) => opening(connectTls({ socket: opened, ...tlsOptions(host, trust) }), 'secureConnect', signal))
    socket = secured
    times.tlsMs = tlsMs
    return times
  } catch (error) {
    parts.signal.throwIfAborted()
    const { reason, evidence } = error instanceof StudioError ? error : socketFailure(({ dns: 'resolving', tcp: 'connecting', tls: 'securing' } as const)[stage], error, false)
    return { ...times, failure: { stage, reason, evidence } }
  } finally {
    socket?.destroy()
  }
}

/** An IP address needs no looking up. Throws `name-not-resolved`, `connect-timeout`. */
export async function addressOf(host: string, { lookUp }: Pick<StageParts, 'lookUp'>): Promise<string> {
  if (isIP(host)) return host
  const found = await lookUp(host).catch((error: unknown) => { throw socketFailure('resolving', error, false) })
  const first = found[0]?.address
  if (first === undefined) throw new StudioError('name-not-resolved')
  return first
}

async function timed<T>(parts: StageParts, work: (signal: AbortSignal) => Promise<T>): Promise<[ms: number, result: T]> {
  const beginMs = parts.clock.monotonicMs()
  const result = await within(STAGE_MS, parts, work)
  return [Math.round((parts.clock.monotonicMs() - beginMs) * 10) / 10, result]
}

function opening(socket: Socket, ready: 'connect' | 'secureConnect', signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      socket.destroy()
      reject(signal.reason)
    }
    signal.addEventListener('abort', onAbort, { once: true })
    socket.once('error', (error) => {
      socket.destroy()
      reject(error)
    })
    socket.once(ready, () => {
      signal.removeEventListener('abort', onAbort)
      socket.on('error', () => {})
      resolve(socket)
    })
  })
}
