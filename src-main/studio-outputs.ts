import type { Preferences } from '@shared/contracts/studio.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import { samePlace } from '@shared/domain/same-place.ts'
import type { Addresses } from './addresses/addresses.ts'
import { checkedFirst } from './addresses/checked-output.ts'
import { renewedFirst } from './addresses/renewed-first.ts'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Redactor } from './base/redact.ts'
import { HlsShows } from './outputs/hls/hls-shows.ts'
import { OutputManager, type OutputTarget } from './outputs/manager.ts'
import { afterStop, openOutput } from './outputs/open-output.ts'
import type { RunOutput } from './outputs/output.ts'
import { OutputRunner } from './outputs/runner.ts'
import { SRT_STOP_LIMIT_MS } from './outputs/srt/srt-limits.ts'
import { whipOutput } from './outputs/whip/whip-output.ts'
import type { WhipPeers } from './outputs/whip/whip-peers.ts'
import type { ProgramContents } from './program/program-contents.ts'
import type { Rehearsal } from './rehearsal/rehearsal.ts'
import type { Watchable } from './rpc/topic.ts'
import type { Destinations } from './settings/destinations.ts'
import type { Webhooks } from './webhooks/webhooks.ts'

export interface OutputsWiring {
  destinations: Destinations
  addresses: Addresses
  rehearsal: Rehearsal
  whipPeers: WhipPeers
  program: ProgramContents
  webhooks: Webhooks
  preferences: Watchable<Preferences>
  /** Resolves once what this destination gets is there. */
  contentReady: (destinationId: string, signal: AbortSignal) => void | Promise<void>
  ffmpegPath: () => Promise<string | null>
  redactor: Redactor
  clock: Clock
  /** By the servers' clocks: for how long tokens hold. */
  serverClock: Clock
  log: Logger
}

/** Fetches a fresh token before an attempt, for destinations that have an address to fetch one from. */
export const renewing =
  ({ destinations, serverClock, log }: Pick<OutputsWiring, 'destinations' | 'serverClock' | 'log'>) =>
  (open: RunOutput<OutputTarget>): RunOutput<OutputTarget> =>
    renewedFirst(
      {
        latest: (id) => destinations.targets.value.find(({ destination }) => destination.id === id) ?? null,
        keep: destinations.renewKey,
        onFailure: (failure: StudioError) => log.child('output').warn('no fresh token, going on with the kept one', { reason: failure.reason }),
        clock: serverClock,
      },
      open,
    )

/** The part of the composition root that is about the ways out: one runner per destination, whatever its kind. */
export function openOutputs({ destinations, addresses, rehearsal, whipPeers, program, webhooks, preferences, contentReady, ffmpegPath, redactor, clock, serverClock, log }: OutputsWiring): OutputManager {
  const hlsShows = new HlsShows()
  const open = openOutput({ rehearsal, whip: whipOutput({ peers: whipPeers, log: log.child('whip') }), redact: (text) => redactor.text(text), ffmpegPath, hlsShows })
  const kindOf = (destinationId: string) => destinations.list.value.find(({ id }) => id === destinationId)?.kind
  return new OutputManager({
    clock,
    onStopped: (target) => afterStop(target, hlsShows, clock),
    open: renewing({ destinations, serverClock, log })(checkedFirst(async (target, signal) => (addresses.check(target), contentReady(target.destination.id, signal)), open)),
    sameTarget: (a, b) => samePlace({ ...a, key: a.key.reveal() }, { ...b, key: b.key.reveal() }),
    createRunner: (destinationId) =>
      new OutputRunner({
        destinationId,
        clock,
        onTold: (told) => webhooks.told(told),
        logger: log.child('output'),
        subscribe: () => program.feeds.subscribe(destinationId),
        settings: () => ({ failAfterMs: preferences.value.failAfterSeconds * 1000, failedIsFinal: preferences.value.failedIsFinal }),
        stopLimitMs: () => (kindOf(destinationId) === 'srt' ? SRT_STOP_LIMIT_MS : 0),
      }),
  })
}
