import { PLATFORMS, platformOfDestination } from '@shared/domain/addresses/platforms.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { REASONS, type Reason, type StudioError } from '@shared/domain/errors.ts'
import type { IngestData, IngestFigures } from '@shared/domain/ingest-push.ts'
import { recommendFor, SAFE_SHARE, shareKbps } from '@shared/domain/ingest-recommendation.ts'
import type { FindingOf } from '@shared/diagnostics/diagnostic.ts'

/** One destination and what pushing to it showed. */
export interface Pushed {
  destination: Destination
  /** Its server's name, for people. */
  host: string
  figures: IngestFigures
  failure: StudioError | null
}

export interface AllPushed {
  pushed: readonly Pushed[]
  togetherKbps: number | null
  sharing: number
  encoding: Encoding
}

/** Less than a tenth above what is wanted is no room at all. */
const NO_ROOM = 1.1

const UNREACHED: ReadonlySet<Reason> = new Set(['name-not-resolved', 'connection-refused', 'address-unreachable', 'connect-timeout'])
const UNTRUSTED: ReadonlySet<Reason> = new Set(['certificate-expired', 'certificate-unknown-issuer', 'certificate-wrong-host', 'tls-failed'])
const BROKEN: ReadonlySet<Reason> = new Set(['connection-lost', 'server-closed', 'stalled'])

/** What pushing to all of them means; the worst first. `data` is an `IngestData`. */
export function judgeIngest({ pushed, togetherKbps, sharing, encoding }: AllPushed): FindingOf<'ingest.push'> {
  const tried = pushed.filter(({ figures }) => figures.outcome === 'measured')
  const measured = tried.filter(({ destination }) => destination.kind !== 'rehearsal')
  const fullKbps = shareKbps({ measured: measured.map(({ figures }) => figures), togetherKbps, sharing })
  const limits = measured.map(({ destination }) => PLATFORMS[platformOfDestination(destination)].limits)
  const recommended = fullKbps === null ? null : recommendFor(fullKbps, encoding, limits)
  const data = { perDestination: pushed.map(({ figures }) => figures), togetherKbps, sharing, recommended } satisfies IngestData as unknown as NonNullable<Finding['data']>
  const failed = pushed.find(({ failure, figures }) => failure !== null && figures.outcome === 'failed')
  if (failed?.failure) return { ...ofFailure(failed, failed.failure), data }
  const wantedKbps = encoding.videoKbps + encoding.audioKbps
  const [own] = tried
  if (fullKbps === null && own && tried.length === pushed.length) return { status: 'pass', code: 'rehearsal', params: { kbps: Math.floor(own.figures.bestKbps ?? 0), wantedKbps }, data }
  if (fullKbps === null) return { ...nothingMeasured(pushed), data }
  const safeKbps = Math.floor(fullKbps * SAFE_SHARE)
  const params = { kbps: Math.floor(fullKbps), wantedKbps, safeKbps }
  const width = { value: Math.floor(fullKbps), unit: 'kbit/s', threshold: { warn: Math.ceil(wantedKbps / SAFE_SHARE), fail: Math.ceil(wantedKbps * NO_ROOM), worse: 'below' as const } }
  const mend = recommended?.presetId ? { actions: ['apply-preset' as const], about: recommended.presetId } : {}
  const untried = pushed.length - tried.length
  if (wantedKbps <= safeKbps && untried > 0) return { status: 'pass', code: 'enough-partly', ...width, params: { ...params, count: untried }, data }
  if (wantedKbps <= safeKbps) return { status: 'pass', code: 'enough', ...width, params, data }
  // Neither a platform's limit nor the end of the ladder says anything about the line.
  const isFull = measured.some(({ figures }) => figures.lineLimited)
  if (!isFull) return { status: 'warn', code: 'untried', ...width, params, data }
  if (fullKbps < wantedKbps * NO_ROOM) return { status: 'fail', code: 'narrow', ...width, params, ...mend, data }
  return { status: 'warn', code: 'tight', ...width, params, ...mend, data }
}

function ofFailure({ destination, host }: Pushed, { reason, evidence }: StudioError): FindingOf<'ingest.push'> {
  const code = UNREACHED.has(reason) ? 'unreachable' : UNTRUSTED.has(reason) ? 'tls' : BROKEN.has(reason) ? 'broke' : REASONS[reason].retry === 'yes' ? 'not-pushed' : 'refused'
  return { status: 'fail', code, params: { host }, evidence: `${reason}${evidence ? `: ${evidence}` : ''}`, actions: ['go-to-destination', 'again'], about: destination.id }
}

function nothingMeasured(pushed: readonly Pushed[]): FindingOf<'ingest.push'> {
  const shy = pushed.find(({ figures }) => figures.outcome === 'needs-agreement')
  if (shy) return { status: 'skipped', code: 'needs-agreement', params: { host: shy.host }, about: shy.destination.id }
  const unreadable = pushed.find(({ figures }) => figures.outcome === 'address-unreadable')
  if (unreadable) return { status: 'fail', code: 'address', actions: ['go-to-destination'], about: unreadable.destination.id }
  return { status: 'skipped', code: pushed.length > 0 ? 'not-supported' : 'nothing' }
}
