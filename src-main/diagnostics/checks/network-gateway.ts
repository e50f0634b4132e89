import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { askGateway, findGateway, type GatewayAnswers, type SystemParts } from '../network/gateway.ts'
import { median } from '@shared/diagnostics/line-numbers.ts'

/** ms to the router: below 10 is what a local network has; above 50 the trouble is at home. */
const ANSWER_MS = { warn: 10, fail: 50, worse: 'above' } as const

/** The way to the router; `data` has its address and the times of each answer. */
export const networkGateway = (parts: SystemParts) =>
  diagnostic({
    name: 'network.gateway',
    group: 'network',
    uses: 'nothing',
    timeoutMs: 60_000,
    async perform({ signal }) {
      const gateway = await findGateway(parts, signal)
      if (gateway === undefined) return { status: 'skipped', code: 'unknown' }
      if (gateway === null) return { status: 'fail', code: 'none' }
      return judgeGateway(gateway, await askGateway(gateway, parts, signal))
    },
  })

/** A single ping lost of ten is worth telling: there is nothing on the way that could lose it but this network. */
export function judgeGateway(gateway: string, answers: GatewayAnswers | null): FindingOf<'network.gateway'> {
  if (answers === null) return { status: 'skipped', code: 'silent', data: { gateway } }
  const rttMs = median(answers.rttsMs) ?? 0
  const data = { gateway, by: answers.by, sent: answers.sent, rttsMs: answers.rttsMs.map((ms) => Math.round(ms * 100) / 100) }
  const percent = Math.round((1 - answers.rttsMs.length / answers.sent) * 100)
  if (percent > 0) return { status: 'fail', code: 'lossy', params: { percent }, value: percent, unit: '%', data }
  const ms = Math.round(rttMs * 10) / 10
  const [status, code] = rttMs > ANSWER_MS.fail ? (['fail', 'very-slow'] as const) : rttMs >= ANSWER_MS.warn ? (['warn', 'slow'] as const) : (['pass', 'good'] as const)
  return { status, code, params: { ms }, value: ms, unit: 'ms', threshold: ANSWER_MS, data }
}
