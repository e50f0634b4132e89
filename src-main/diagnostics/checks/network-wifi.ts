import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { SystemParts } from '../network/gateway.ts'
import { findWifi } from '../network/wifi.ts'
import type { WifiSignal } from '../network/wifi-text.ts'

/** dBm; -67 is what voice and video need at least, by common planning rules of Wi-Fi networks. */
const SIGNAL_DBM = { warn: -60, fail: -70, worse: 'below' } as const

/** How strong the Wi-Fi signal is; `data` has `dbm` and `bandGhz` (null = not told). */
export const networkWifi = (parts: SystemParts) =>
  diagnostic({
    name: 'network.wifi',
    group: 'network',
    uses: 'nothing',
    timeoutMs: 20_000,
    perform: async ({ signal }) => judgeWifi(await findWifi(parts, signal)),
  })

export function judgeWifi(found: WifiSignal | null | undefined): FindingOf<'network.wifi'> {
  if (found === undefined) return { status: 'skipped', code: 'unknown' }
  if (found === null) return { status: 'pass', code: 'none' }
  const { dbm, band } = found
  const [status, code] = dbm < SIGNAL_DBM.fail ? (['fail', 'weak'] as const) : dbm < SIGNAL_DBM.warn ? (['warn', 'fair'] as const) : (['pass', 'strong'] as const)
  return { status, code, params: { dbm }, value: dbm, unit: 'dBm', threshold: SIGNAL_DBM, data: { dbm, bandGhz: band } }
}
