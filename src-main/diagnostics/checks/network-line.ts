import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { LineFigures } from '@shared/domain/network-line.ts'
import type { Clock } from '../../base/clock.ts'
import { figuresOf, judgeLine, noFigures } from '../network/judge-line.ts'
import { testLine } from '../network/line-test.ts'
import { parseTestServer, type TestServer } from '../network/test-server-address.ts'

export interface NetworkLineParts {
  clock: Clock
}

/** The quick mode of the contract. */
const SECONDS = 15

/** The line to a test server of the studio's own; `data` are `LineFigures`. */
export const networkLine = ({ clock }: NetworkLineParts) =>
  diagnostic({
    name: 'network.line',
    group: 'network',
    uses: 'line',
    timeoutMs: 160_000,
    async perform({ options, signal, progress }) {
      if (!options.testServer) return { status: 'skipped', code: 'no-server', data: asData(noFigures(0, 'no test server was named')) }
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

/** Which of the ways in which a server cannot be used is the line's fault. */
function cannotBeUsed({ reason, evidence }: StudioError) {
  const told = { evidence: evidence === '' ? reason : `${reason}: ${evidence}` }
  if (reason === 'token-rejected') return { status: 'error' as const, code: 'server-refused' as const, ...told, data: asData(noFigures(0, reason)) }
  if (reason === 'server-busy') return { status: 'error' as const, code: 'server-busy' as const, ...told, data: asData(noFigures(0, reason)) }
  if (reason === 'protocol-error' || reason === 'endpoint-not-found' || reason === 'server-error') return { status: 'error' as const, code: 'server-wrong' as const, ...told, data: asData(noFigures(0, reason)) }
  return { status: 'fail' as const, code: 'down' as const, ...told, value: 6, data: asData(noFigures(6, reason)) }
}

const asData = (figures: LineFigures): NonNullable<Finding['data']> => figures as unknown as NonNullable<Finding['data']>
