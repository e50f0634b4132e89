import { diagnostic, type Performing } from '@shared/diagnostics/diagnostic.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import { StudioError } from '@shared/domain/errors.ts'
import { lineQualityOf } from '@shared/domain/line-quality.ts'
import type { LineFigures } from '@shared/domain/network-line.ts'
import { knock } from '../network/gateway.ts'
import { figuresOf, judgeLine, noFigures } from '../network/judge-line.ts'
import { jitterOf, median } from '@shared/diagnostics/line-numbers.ts'
import { testLine } from '../network/line-test.ts'
import type { ServerCheckParts } from '../network/server-check-parts.ts'
import { parseTestServer, type TestServer } from '../network/test-server-address.ts'

export type NetworkLineParts = Pick<ServerCheckParts, 'clock' | 'servers'>

/** The quick mode of the contract. */
const SECONDS = 15

/** The line to a test server of the studio's own; `data` are `LineFigures`. */
export const networkLine = ({ clock, servers }: NetworkLineParts) =>
  diagnostic({
    name: 'network.line',
    group: 'network',
    uses: 'line',
    timeoutMs: 160_000,
    async perform(given) {
      const { options, signal, progress } = given
      if (!options.testServer) return withoutServer({ clock, servers }, given)
      let server: TestServer
      try {
        server = parseTestServer(options.testServer)
      } catch (error) {
        return { status: 'error', code: 'server-address', evidence: StudioError.from(error).evidence, data: asData(noFigures(0, 'the address cannot be read')) }
      }
      const { expectedUpKbps, expectedDownKbps } = options
      try {
        const measured = await testLine({ server, clock, signal, seconds: options.seconds ?? SECONDS, up: expectedUpKbps !== 0, down: expectedDownKbps !== 0, progress })
        const figures = figuresOf(measured)
        if (measured.wrong !== null) return { status: 'error', code: 'server-wrong', evidence: measured.wrong, data: asData({ ...figures, success: false, errMsg: measured.wrong }) }
        const increaseMs = measured.idlePingMs === null || measured.loadedPingMs === null ? null : measured.loadedPingMs - measured.idlePingMs
        return judgeLine(figures, { upKbps: expectedUpKbps ?? 0, downKbps: expectedDownKbps ?? 0 }, increaseMs)
      } catch (error) {
        signal.throwIfAborted()
        return cannotBeUsed(StudioError.from(error))
      }
    },
  })

const CONNECTIONS = 10

/** Without a test server, connections to the first destination's tell the delay and nothing else. */
async function withoutServer({ clock, servers }: NetworkLineParts, { options, signal, progress }: Pick<Performing, 'options' | 'signal' | 'progress'>) {
  const server = servers(options).find(({ protocol }) => protocol === 'tcp')
  const rttsMs: number[] = []
  for (let i = 0; i < CONNECTIONS; i++) {
    if (!server) break
    const rttMs = await knock(server.host, server.port, { clock, limitMs: 2000 }, signal)
    if (rttMs === null && i === 0) break
    if (rttMs !== null) rttsMs.push(rttMs)
    progress((i + 1) / CONNECTIONS)
  }
  const rttMs = median(rttsMs)
  if (!server || rttMs === null) return { status: 'skipped' as const, code: 'no-server' as const, data: asData(noFigures(0, 'no test server was named')) }
  const quality = lineQualityOf({ connected: true, rttMs })
  const tenth = (value: number) => Math.round(value * 10) / 10
  const data = asData({ ...noFigures(quality, ''), success: true, rtt: tenth(rttMs), jitter: tenth(jitterOf(rttsMs) ?? 0) })
  return { status: quality > 3 ? ('fail' as const) : quality === 3 ? ('warn' as const) : ('pass' as const), code: 'delay-only' as const, params: { rttMs: Math.round(rttMs), host: server.host }, value: tenth(rttMs), unit: 'ms', data }
}

/** Which of the ways in which a server cannot be used is the line's fault. */
function cannotBeUsed({ reason, evidence }: StudioError) {
  const told = { evidence: evidence === '' ? reason : `${reason}: ${evidence}` }
  if (reason === 'token-rejected') return { status: 'error' as const, code: 'server-refused' as const, ...told, data: asData(noFigures(0, reason)) }
  if (reason === 'server-busy') return { status: 'error' as const, code: 'server-busy' as const, ...told, data: asData(noFigures(0, reason)) }
  if (reason === 'protocol-error' || reason === 'endpoint-not-found' || reason === 'server-error') return { status: 'error' as const, code: 'server-wrong' as const, ...told, data: asData(noFigures(0, reason)) }
  return { status: 'fail' as const, code: 'down' as const, ...told, value: 6, data: asData(noFigures(6, reason)) }
}

const asData = (figures: LineFigures): NonNullable<Finding['data']> => figures as unknown as NonNullable<Finding['data']>
