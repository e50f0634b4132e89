import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { Clock } from '../../base/clock.ts'
import { askForJson } from '../network/bounded-json.ts'
import { median } from '@shared/diagnostics/line-numbers.ts'
import { askNtp } from '../network/ntp.ts'
import { parseTestServer } from '../network/test-server-address.ts'
import { within } from '../network/time-limit.ts'

export interface NetworkClockParts {
  clock: Clock
  /** What the `Date` of HTTP answers has said so far, ms that servers are ahead; null = none was heard. */
  heardOffsetMs: () => number | null
  /** A public NTP server, asked only when that was agreed to. */
  ntp: { host: string; port?: number }
}

/** s; HTTP tells whole seconds only, and a minute is what signatures are usually allowed to be off. */
const OFF_S = { warn: 2, fail: 60, worse: 'above' } as const
const QUESTIONS = 3

/** Whether this computer's clock is right: by NTP where that was agreed to, else by what HTTP servers said. */
export const networkClock = ({ clock, heardOffsetMs, ntp }: NetworkClockParts) =>
  diagnostic({
    name: 'network.clock',
    group: 'network',
    uses: 'nothing',
    timeoutMs: 20_000,
    async perform({ options, signal }) {
      if (options.agreed?.includes('public-service')) {
        const answers: number[] = []
        for (let i = 0; i < QUESTIONS; i++) {
          const answer = await askNtp(ntp, { clock, signal }).catch(() => null)
          signal.throwIfAborted()
          if (!answer) break
          answers.push(answer.offsetMs)
        }
        const offsetMs = median(answers)
        if (offsetMs !== null) return judgeClock(offsetMs, 'ntp')
      }
      // The answer's date is heard by whoever keeps them.
      const { testServer } = options
      if (testServer) {
        await within(4000, { clock, signal }, (limit) => askForJson({ ...parsed(testServer), signal: limit })).catch(() => {})
        signal.throwIfAborted()
      }
      const heard = heardOffsetMs()
      if (heard !== null) return judgeClock(heard, 'http')
      return { status: 'skipped', code: testServer || options.agreed?.includes('public-service') ? 'unknown' : 'nobody' }
    },
  })

/** Throws `address-invalid`. */
function parsed(testServer: string): { url: string; token: string } {
  const { origin, token } = parseTestServer(testServer)
  return { url: `${origin}/`, token }
}

export function judgeClock(offsetMs: number, by: 'ntp' | 'http'): FindingOf<'network.clock'> {
  const off = Math.abs(offsetMs) / 1000
  const [status, code] = off > OFF_S.fail ? (['fail', 'far'] as const) : off > OFF_S.warn ? (['warn', 'off'] as const) : (['pass', 'good'] as const)
  // "Within": never less than there is.
  const seconds = by === 'ntp' && off < 1 ? Math.ceil(off * 100) / 100 : Math.max(1, Math.ceil(off))
  return { status, code, params: { seconds }, value: Math.round(off * 1000) / 1000, unit: 's', threshold: OFF_S, data: { offsetMs: Math.round(offsetMs), by } }
}
