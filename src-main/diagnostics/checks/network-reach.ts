import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import { judgeReach } from '../network/judge-servers.ts'
import type { ServerCheckParts } from '../network/server-check-parts.ts'
import { stageTimes } from '../network/stage-times.ts'

/** Whether each server answers, as far as TLS; `data.servers` has the ms of each step (`dnsMs`, `tcpMs`, `tlsMs`) and what failed. */
export const networkReach = ({ servers, clock, lookUp }: ServerCheckParts) =>
  diagnostic({
    name: 'network.reach',
    group: 'network',
    uses: 'nothing',
    timeoutMs: 20_000,
    async perform({ options, signal, progress }) {
      const all = servers(options)
      let done = 0
      const reached = await Promise.all(all.map(async (server) => {
        const times = await stageTimes(server, { clock, signal, lookUp })
        progress(++done / all.length)
        return { server, times }
      }))
      return judgeReach(reached)
    },
  })
