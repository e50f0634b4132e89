import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import { isIP } from 'node:net'
import { judgeNames } from '../network/judge-servers.ts'
import { addressOf } from '../network/stage-times.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { ServerCheckParts } from '../network/server-check-parts.ts'
import { within } from '../network/time-limit.ts'

const LOOK_UP_MS = 5000

/** How long each server's name takes to be looked up; `data.servers` has each one's `dnsMs`. */
export const networkDns = ({ servers, clock, lookUp }: ServerCheckParts) =>
  diagnostic({
    name: 'network.dns',
    group: 'network',
    uses: 'nothing',
    timeoutMs: 15_000,
    async perform({ options, signal, progress }) {
      const named = servers(options).filter(({ host }, at, all) => !isIP(host) && all.findIndex((each) => each.host === host) === at)
      let done = 0
      const reached = await Promise.all(named.map(async (server) => {
        const beginMs = clock.monotonicMs()
        const found = await within(LOOK_UP_MS, { clock, signal }, () => addressOf(server.host, { lookUp })).catch((error: unknown) => StudioError.from(error))
        signal.throwIfAborted()
        progress(++done / named.length)
        const dnsMs = Math.round((clock.monotonicMs() - beginMs) * 10) / 10
        const failure = found instanceof StudioError ? { stage: 'dns' as const, reason: found.reason, evidence: found.evidence } : null
        return { server, times: { dnsMs: failure ? null : dnsMs, tcpMs: null, tlsMs: null, ip: found instanceof StudioError ? '' : found, failure } }
      }))
      return judgeNames(reached)
    },
  })
