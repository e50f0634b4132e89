import { StudioError } from '@shared/domain/errors.ts'
import { HOLD_SHARE, INGEST_BEGIN_KBPS, ladderUpTo, platformLimitKbps, type IngestTimes } from '@shared/domain/ingest-plan.ts'
import type { IngestFigures, IngestStep } from '@shared/domain/ingest-push.ts'
import { platformOfDestination, PLATFORMS } from '@shared/domain/addresses/platforms.ts'
import { bloatGradeOf } from '../network/line-numbers.ts'
import type { LookUp } from '../network/stage-times.ts'
import { climb } from './climb.ts'
import { ConnectProbe, idleConnectMs, type ProbedServer } from './connect-probe.ts'
import { placeOf } from './may-push.ts'
import { PushRefused, PushSession, type SessionParts } from './push-session.ts'
import { goodputOf, judgeStep, type PushSample, ratesOf } from './step-verdict.ts'
import type { OutputTarget } from '../../outputs/manager.ts'

export interface PushParts extends Omit<SessionParts, 'onSample'> {
  lookUp: LookUp
  agreed: boolean
  times: IngestTimes
  /** Called several times a second. */
  live(figures: { targetKbps: number; goodputKbps: number; queueMs: number }): void
}

/** What pushing to one destination showed, and its failure where there was one. */
export interface PushedOne {
  figures: IngestFigures
  failure: StudioError | null
  /** Where to push again; null = it does not take the stream. */
  target: OutputTarget | null
}

const LIVE_OVER = 10

/** Tries one destination: who may be pushed to, how long each stage takes, and up the ladder. Rejects with the signal's reason alone. */
export async function pushOne(target: OutputTarget, parts: PushParts): Promise<PushedOne> {
  const figures = nothingKnown(target)
  const failed = (error: unknown): PushedOne => {
    parts.signal.throwIfAborted()
    const failure = error instanceof PushRefused ? error.failure : StudioError.from(error)
    return { figures: { ...figures, outcome: 'failed', reason: failure.reason, ...(error instanceof PushRefused && { stages: error.stages }) }, failure, target: null }
  }
  try {
    const place = await placeOf(target, parts.agreed, parts.lookUp)
    if ('refused' in place) return { figures: { ...figures, outcome: place.refused }, failure: null, target: null }
    figures.testFlag = place.testFlag
    const probed = place.server?.tcp ? place.server : null
    figures.idleMs = rounded(probed && (await idleConnectMs(probed, parts.clock, parts.signal)))
    return await climbAt(place.target, figures, probed, parts)
  } catch (error) {
    return failed(error)
  }
}

async function climbAt(target: OutputTarget, figures: IngestFigures, probed: ProbedServer | null, parts: PushParts): Promise<PushedOne> {
  const { times, clock, signal } = parts
  let targetKbps = INGEST_BEGIN_KBPS
  const recent: PushSample[] = []
  const onSample = (sample: PushSample) => {
    recent.push(sample)
    if (recent.length > LIVE_OVER) recent.shift()
    parts.live({ targetKbps, goodputKbps: Math.round(goodputOf(recent) ?? 0), queueMs: Math.round(sample.queueMs) })
  }
  const session = await PushSession.open(target, targetKbps, { clock, signal, push: parts.push, onSample })
  // It begins with the media: an attempt that is refused needs no company.
  const probe = probed && new ConnectProbe(probed, clock, signal)
  try {
    let afresh = false
    const lags: number[] = []
    const tryRate = async (kbps: number, forMs = times.measureMs): Promise<{ step: IngestStep; samples: PushSample[] }> => {
      targetKbps = kbps
      const samples = await session.measure(kbps, times.settleMs, forMs, afresh)
      const step = judgeStep(kbps, samples, session.failure !== null)
      afresh = step.failed !== null
      if (session.ackLagMs !== null) lags.push(session.ackLagMs)
      return { step, samples }
    }
    const climbed = await climb(ladderUpTo(figures.limitKbps), async (kbps) => (await tryRate(kbps)).step)
    const held = climbed.bestKbps === null || session.failure ? null : await tryRate(Math.round(climbed.bestKbps * HOLD_SHARE), times.holdMs)
    const heldLess = held !== null && held.step.failed !== null
    const rates = held ? ratesOf(held.samples) : []
    Object.assign(figures, {
      outcome: climbed.bestKbps === null ? 'failed' : 'measured',
      reason: session.failure?.reason ?? null,
      stages: session.stages, steps: held ? [...climbed.steps, held.step] : climbed.steps,
      bestKbps: climbed.bestKbps === null ? null : Math.round(heldLess ? Math.min(climbed.bestKbps, held.step.goodputKbps) : climbed.bestKbps),
      p10Kbps: rounded(percentile(rates, 0.1)), meanKbps: rounded(held && goodputOf(held.samples)), minSecondKbps: rounded(held && least(ratesOf(held.samples, 1000))),
      lineLimited: climbed.lineLimited || heldLess, ackLagMs: rounded(lags.length > 0 ? Math.max(...lags) : null),
    } satisfies Partial<IngestFigures>)
    figures.loadedMs = rounded(probe?.medianMs ?? null)
    figures.bloatGrade = figures.idleMs === null || figures.loadedMs === null ? null : bloatGradeOf(Math.max(0, figures.loadedMs - figures.idleMs))
    return { figures, failure: session.failure, target: figures.outcome === 'measured' ? target : null }
  } finally {
    await Promise.all([probe?.close(), session.close()])
  }
}

function nothingKnown({ destination }: OutputTarget): IngestFigures {
  return {
    destinationId: destination.id, outcome: 'failed', testFlag: false, reason: null,
    stages: { dnsMs: null, tcpMs: null, tlsMs: null, handshakeMs: null, connectMs: null, publishMs: null },
    steps: [], bestKbps: null, p10Kbps: null, meanKbps: null, minSecondKbps: null, lineLimited: false, ackLagMs: null, idleMs: null, loadedMs: null, bloatGrade: null,
    limitKbps: platformLimitKbps(PLATFORMS[platformOfDestination(destination)].limits),
  }
}

const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value))
const least = (values: readonly number[]): number | null => (values.length === 0 ? null : Math.min(...values))
const percentile = (values: readonly number[], share: number): number | null => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? null
