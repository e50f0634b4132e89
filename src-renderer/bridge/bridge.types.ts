import type { addresses } from '@shared/contracts/addresses.ts'
import type { broadcast } from '@shared/contracts/broadcast.ts'
import type { destinations } from '@shared/contracts/destinations.ts'
import type { diagnostics } from '@shared/contracts/diagnostics.ts'
import type { engine } from '@shared/contracts/engine.ts'
import type { hotkeys } from '@shared/contracts/hotkeys.ts'
import type { preflight } from '@shared/contracts/preflight.ts'
import type { logs } from '@shared/contracts/logs.ts'
import type { profiles } from '@shared/contracts/profiles.ts'
import type { recorder, recordings } from '@shared/contracts/recordings.ts'
import type { rehearsal } from '@shared/contracts/rehearsal.ts'
import type { safeStart } from '@shared/contracts/safe-start.ts'
import type { Client } from '@shared/contracts/service.ts'
import type { shows } from '@shared/contracts/shows.ts'
import type { statistics } from '@shared/contracts/statistics.ts'
import type { studio } from '@shared/contracts/studio.ts'
import type { textFiles } from '@shared/contracts/text-files.ts'
import type { webPages } from '@shared/contracts/web-pages.ts'
import type { watchdogs } from '@shared/contracts/watchdogs.ts'
import type { webhooks } from '@shared/contracts/webhooks.ts'
import type { whip } from '@shared/contracts/whip.ts'
import type { EngineLink } from '../engine/engine.types.ts'
import type { LossCause } from './page-channel.ts'

/** The page's only door to main: one typed client per service. Calls reject with a StudioError. */
export interface Bridge {
  readonly broadcast: Client<typeof broadcast>
  readonly destinations: Client<typeof destinations>
  readonly addresses: Client<typeof addresses>
  readonly diagnostics: Client<typeof diagnostics>
  readonly preflight: Client<typeof preflight>
  readonly shows: Client<typeof shows>
  readonly profiles: Client<typeof profiles>
  readonly studio: Client<typeof studio>
  readonly recorder: Client<typeof recorder>
  readonly recordings: Client<typeof recordings>
  readonly rehearsal: Client<typeof rehearsal>
  readonly hotkeys: Client<typeof hotkeys>
  readonly statistics: Client<typeof statistics>
  readonly engine: Client<typeof engine>
  readonly whip: Client<typeof whip>
  readonly webhooks: Client<typeof webhooks>
  readonly textFiles: Client<typeof textFiles>
  readonly webPages: Client<typeof webPages>
  readonly watchdogs: Client<typeof watchdogs>
  readonly safeStart: Client<typeof safeStart>
  readonly logs: Client<typeof logs>
  readonly engineLink: EngineLink
  /** Where a kept picture is loaded from. */
  assetUrl(assetId: string): string
  /** Where a recording is played from; the path is relative to the recordings folder. */
  recordingUrl(path: string): string
  /** Nothing said from now on arrives. Told also to those who ask late. */
  onLost(handler: (why: LossCause) => void): void
}
