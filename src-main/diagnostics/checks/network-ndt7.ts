import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { locateNdt7, ownNdt7 } from '../network/ndt7-locate.ts'
import { measureDownload, measureUpload, type Throughput } from '../network/throughput.ts'

export interface Ndt7Parts {
  clock: Clock
  /** Asked only when the user has agreed to `public-service`. */
  locateUrl: string
}

/** As long as an ndt7 test lasts, each way. */
const TEST_MS = 10_000
const MAX_BYTES = 400_000_000
/** As `network.line` has it: half as much again is enough, a tenth more is too little. */
const ENOUGH = 1.5
const TOO_LITTLE = 1.1
const SAFE_SHARE = 0.7

/** What the line carries by ndt7: to a server of the user's own, else to the nearest public one, if that was agreed to. `data`: `server`, `ip`, `upKbps`, `downKbps`. */
export const networkNdt7 = ({ clock, locateUrl }: Ndt7Parts) =>
  diagnostic({
    name: 'network.ndt7',
    group: 'network',
    uses: 'line',
    timeoutMs: 60_000,
    async perform({ options: { testServer, agreed, expectedUpKbps, expectedDownKbps }, signal, progress }) {
      if (!testServer && !agreed?.includes('public-service')) return { status: 'skipped', code: 'no-consent' }
      try {
        const addresses = testServer ? ownNdt7(testServer) : await locateNdt7(locateUrl, { clock, signal })
        const test = { clock, signal, forMs: TEST_MS, maxBytes: MAX_BYTES }
        const beginMs = clock.monotonicMs()
        const tell = (phase: 'down' | 'up') => (kbps: number) => progress((clock.monotonicMs() - beginMs) / (TEST_MS * 2), { phase, kbps: Math.round(kbps) })
        const down = expectedDownKbps === 0 ? null : await measureDownload({ ...test, address: addresses.download, onRate: tell('down') })
        const up = expectedUpKbps === 0 ? null : await measureUpload({ ...test, address: addresses.upload, onRate: tell('up') })
        return judgeNdt7({ server: addresses.name, down, up }, expectedUpKbps ?? 0)
      } catch (error) {
        signal.throwIfAborted()
        const { reason, evidence } = StudioError.from(error)
        return { status: 'error', code: reason === 'protocol-error' ? 'server-wrong' : 'unusable', evidence: `${reason}${evidence ? `: ${evidence}` : ''}` }
      }
    },
  })

export function judgeNdt7({ server, down, up }: { server: string; down: Throughput | null; up: Throughput | null }, wantedKbps: number): FindingOf<'network.ndt7'> {
  const upKbps = kbpsOf(up)
  const downKbps = kbpsOf(down)
  const data = { server, ip: down?.ip ?? up?.ip ?? '', upKbps, downKbps }
  if (up?.wrong) return { status: 'error', code: 'server-wrong', evidence: up.wrong, data }
  if ((up && upKbps < 0) || (down && downKbps < 0)) return { status: 'error', code: 'unusable', evidence: 'too little came to count', data }
  const params = { upKbps: Math.max(0, upKbps), downKbps: Math.max(0, downKbps), wantedKbps, safeKbps: Math.floor(Math.max(0, upKbps) * SAFE_SHARE) }
  const width = { value: upKbps, unit: 'kbit/s', ...(wantedKbps > 0 && { threshold: { warn: wantedKbps * ENOUGH, fail: wantedKbps * TOO_LITTLE, worse: 'below' as const } }) }
  const room = wantedKbps === 0 || upKbps < 0 ? Infinity : upKbps / wantedKbps
  if (room < TOO_LITTLE) return { status: 'fail', code: 'narrow', params, ...width, data, actions: ['apply-preset'] }
  if (room < ENOUGH) return { status: 'warn', code: 'tight', params, ...width, data, actions: ['apply-preset'] }
  return { status: 'pass', code: 'measured', params, ...width, data }
}

/** -1 = not known. */
const kbpsOf = (measured: Throughput | null): number => (measured?.kbps == null ? -1 : Math.round(measured.kbps))
