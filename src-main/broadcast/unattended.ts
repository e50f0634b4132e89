import type { RecordingStatus } from '@shared/domain/recording.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { Scope } from '../base/scope.ts'
import type { Watchable } from '../rpc/topic.ts'
import type { BroadcastSession } from './session.ts'

/** Sources are given this long to come up; then the show starts with those that did. */
const PICTURE_WITHIN_MS = 15_000

export interface UnattendedParts {
  session: Pick<BroadcastSession, 'goLive' | 'end' | 'figures' | 'sources' | 'status'>
  /** The run is recorded too, or nothing else happens with it. */
  recording?: { start(): Promise<void>; stop(): Promise<void>; status: Watchable<Pick<RecordingStatus, 'state'>>; only: boolean }
  clock: Clock
  logger: Logger
  /** How long to be live, ms; null = until stopped. */
  forMs: number | null
  /** The show has sources with a picture: one of them must have arrived. */
  expectsPicture: boolean
  /** Told of sources that are not there when the show begins. */
  onMissing(sources: readonly SourceStatus[]): void
}

/**
 * A show that runs by itself: live as soon as there is a picture, ended when its time is over or `signal` aborts.
 * Resolves when everything has been drained. Rejects as *Go live* does.
 */
export async function runUnattended(parts: UnattendedParts, signal: AbortSignal): Promise<void> {
  const { session, recording, logger, forMs } = parts
  await pictureIsOn(parts, signal)
  if (signal.aborted) return
  const missing = session.sources.value.filter((source) => source.condition !== 'active')
  if (missing.length > 0) {
    logger.warn('going live without some sources', { missing: missing.map(({ sourceId, condition }) => `${sourceId}: ${condition}`) })
    parts.onMissing(missing)
  }
  // Somebody may have pressed a button meanwhile.
  if (recording?.status.value.state === 'idle') await recording.start()
  try {
    if (!recording?.only && !session.status.value.live) await session.goLive()
    await untilOver(parts, forMs, signal)
  } finally {
    await session.end()
    if (recording && recording.status.value.state !== 'idle') await recording.stop()
  }
}

/** Resolves once a picture has arrived and no source is still starting, after 15 s, or at `signal`. */
function pictureIsOn({ session, clock, expectsPicture }: UnattendedParts, signal: AbortSignal): Promise<void> {
  const waiting = new Scope(signal)
  return new Promise<void>((resolve) => {
    clock.sleep(PICTURE_WITHIN_MS, waiting.signal).then(resolve, () => resolve())
    const look = () => {
      const sources = session.sources.value
      const settled = sources.every((source) => source.condition !== 'starting')
      const arrived = sources.some((source) => source.width > 0)
      if (session.figures.value.program && settled && (arrived || !expectsPicture)) resolve()
    }
    waiting.add(session.figures.watch(look))
    waiting.add(session.sources.watch(look))
  }).finally(() => waiting.close())
}

/** Over when the time is up, at `signal`, or when every destination has failed for good and nothing is recorded (any more). */
function untilOver({ session, recording, clock }: UnattendedParts, forMs: number | null, signal: AbortSignal): Promise<void> {
  const waiting = new Scope(signal)
  return new Promise<void>((resolve) => {
    waiting.signal.addEventListener('abort', () => resolve(), { once: true })
    if (forMs !== null) clock.sleep(forMs, waiting.signal).then(resolve, () => {})
    const look = () => {
      const { outputs } = session.status.value
      const sentNowhere = recording?.only || (outputs.length > 0 && outputs.every((output) => output.final))
      if (sentNowhere && (!recording || recording.status.value.state === 'idle')) resolve()
    }
    waiting.add(session.status.watch(look))
    if (recording) waiting.add(recording.status.watch(look))
  }).finally(() => waiting.close())
}
