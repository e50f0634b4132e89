import { INGEST_TIMES, ingestPushMegabytes, ladderUpTo, platformLimitKbps } from '@shared/domain/ingest-plan.ts'
import type { Destination } from '@shared/domain/destination.ts'
import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import { PLATFORMS, platformOfDestination } from '@shared/domain/addresses/platforms.ts'
import { isAbsoluteFolder } from '@shared/domain/addresses/hls-address.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import type { IngestParts } from '../ingest/ingest-parts.ts'
import { judgeIngest, type Pushed } from '../ingest/judge-ingest.ts'
import { pushOne } from '../ingest/push-one.ts'
import { pushTogether, togetherRate } from '../ingest/push-together.ts'
import { serverOf } from '../network/reachable-servers.ts'

const LIVE_EVERY_MS = 250

/**
 * Pushes a test stream to each destination at rising rates, one after the other and then to all at once, and tells what the show may
 * send. `live`: `{ destinationId, targetKbps, goodputKbps, queueMs }`; `data`: `IngestData` of ingest-push.ts. `options.seconds`:
 * of the hold at the end of each.
 */
export const ingestPush = ({ clock, targets, push, lookUp, encoding, isLive, times: usual = INGEST_TIMES }: IngestParts) =>
  diagnostic({
    name: 'ingest.push',
    group: 'ingest',
    uses: 'line',
    timeoutMs: 900_000,
    async perform({ options, signal, progress, log }) {
      // A second publisher under the same key throws the show's own out at some servers, and both share the line.
      if (isLive()) return { status: 'skipped', code: 'live' }
      const times = options.seconds === undefined ? usual : { ...usual, holdMs: options.seconds * 1000 }
      const chosen = chosenOf(targets(), options)
      const agreed = options.agreed?.includes('public-push') ?? false
      log.info('pushing to destinations', { count: chosen.length, atMostMb: ingestPushMegabytes(chosen.map(({ destination }) => limitOf(destination)), times) })
      const found: (Pushed & { target: OutputTarget | null })[] = []
      let [toldAtMs, beganAtMs, usualMs] = [-Infinity, 0, 1]
      const tell = (destinationId: string, figures: { targetKbps: number; goodputKbps: number; queueMs: number }) => {
        const nowMs = clock.monotonicMs()
        if (nowMs - toldAtMs < LIVE_EVERY_MS) return
        toldAtMs = nowMs
        progress((found.length + Math.min(0.95, (nowMs - beganAtMs) / usualMs)) / (chosen.length + 1), { destinationId, ...figures })
      }
      for (const target of chosen) {
        const { destination } = target
        beganAtMs = clock.monotonicMs()
        usualMs = ladderUpTo(limitOf(destination)).length * (times.settleMs + times.measureMs) + times.holdMs
        const one = await pushOne(target, { clock, signal, push, lookUp, agreed, times, live: (figures) => tell(destination.id, figures) })
        found.push({ destination, host: hostOf(destination), ...one })
        progress(found.length / (chosen.length + 1))
      }
      const again = found.flatMap(({ target, figures }) => (target && overTheLine(target.destination) ? [{ target, figures }] : []))
      const togetherKbps = again.length > 1 ? await pushTogether(again.map(({ target }) => target), togetherRate(again.map(({ figures }) => figures)), { clock, signal, push }, times) : null
      const sharing = targets().filter(({ destination }) => overTheLine(destination) && (destination.enabled || found.some((each) => each.destination.id === destination.id))).length
      return judgeIngest({ pushed: found, togetherKbps, sharing, encoding: encoding() })
    },
  })

const chosenOf = (all: readonly OutputTarget[], { destinationIds }: DiagnosticOptions): OutputTarget[] =>
  all.filter(({ destination }) => (destinationIds ? destinationIds.includes(destination.id) : destination.enabled))

/** What stays on this computer takes nothing of the line. */
const overTheLine = ({ kind, address }: Destination): boolean => kind !== 'rehearsal' && !(kind === 'hls' && isAbsoluteFolder(address))

const limitOf = (destination: Destination): number | null => platformLimitKbps(PLATFORMS[platformOfDestination(destination)].limits)

function hostOf(destination: Destination): string {
  try {
    return serverOf(destination)?.host ?? 'localhost'
  } catch {
    return '…'
  }
}
