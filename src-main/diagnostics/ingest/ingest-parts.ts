import type { Encoding } from '@shared/domain/encoding.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { IngestTimes } from '@shared/domain/ingest-plan.ts'
import { checkedFirst } from '../../addresses/checked-output.ts'
import type { Clock } from '../../base/clock.ts'
import type { Redactor } from '../../base/redact.ts'
import { HlsShows } from '../../outputs/hls/hls-shows.ts'
import type { OutputTarget } from '../../outputs/manager.ts'
import { openOutput, type OpenOutputParts } from '../../outputs/open-output.ts'
import type { RunOutput } from '../../outputs/output.ts'
import type { Watchable } from '../../rpc/topic.ts'
import { type LookUp, systemLookUp } from '../network/stage-times.ts'

/** What pushing to destinations needs. */
export interface IngestParts {
  clock: Clock
  targets: () => readonly OutputTarget[]
  /** The studio's own outputs, fed with the test stream. */
  push: RunOutput<OutputTarget>
  lookUp: LookUp
  /** Of the show. */
  encoding: () => Encoding
  isLive: () => boolean
  /** Shorter in tests. */
  times?: IngestTimes
}

export interface IngestWiring extends Pick<OpenOutputParts, 'rehearsal' | 'ffmpegPath'> {
  destinations: { targets: Watchable<readonly OutputTarget[]> }
  /** Its `check` throws when an address cannot be used any more. */
  addresses: { check(target: OutputTarget): void }
  shows: { currentShow: { encoding: Encoding } }
  session: { status: Watchable<{ live: boolean }> }
  redactor: Pick<Redactor, 'text'>
  clock: Clock
  /** Puts a fresh token into a destination that has an address to fetch one from. */
  renewing: (push: RunOutput<OutputTarget>) => RunOutput<OutputTarget>
}

/** As they are. No output for WHIP, whose media is made in the page. */
export const ingestParts = ({ destinations, addresses, shows, session, redactor, clock, rehearsal, ffmpegPath, renewing }: IngestWiring): IngestParts => ({
  clock,
  targets: () => destinations.targets.value,
  push: renewing(checkedFirst((target) => addresses.check(target), openOutput({ rehearsal, ffmpegPath, redact: (text) => redactor.text(text), hlsShows: new HlsShows(), whip: () => Promise.reject(new StudioError('input-invalid')) }))),
  lookUp: systemLookUp,
  encoding: () => shows.currentShow.encoding,
  isLive: () => session.status.value.live,
})
