import type { DestinationView } from './destination.ts'
import type { Encoding } from './encoding.ts'

/** As far as checks can be told. */
const MAX_KBPS = 100_000

/** What all destinations that are switched on together take of the line, kbit/s; a rehearsal takes nothing of it. */
export const wantedUpKbps = ({ videoKbps, audioKbps }: Encoding, enabled: readonly Pick<DestinationView, 'kind'>[]): number =>
  Math.min(MAX_KBPS, (videoKbps + audioKbps) * enabled.filter(({ kind }) => kind !== 'rehearsal').length)
