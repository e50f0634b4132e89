import type { Addresses } from './addresses/addresses.ts'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Scope } from './base/scope.ts'
import type { BroadcastSession } from './broadcast/session.ts'
import type { ShowCheckParts } from './diagnostics/checks/show-check-parts.ts'
import { showChecks } from './diagnostics/checks/show-checks.ts'
import { processorTimes } from './diagnostics/checks/show-processor-times.ts'
import type { Diagnostics } from './diagnostics/diagnostics.ts'
import { freeBytesAt } from './base/free-bytes.ts'
import { systemLookUp } from './diagnostics/network/stage-times.ts'
import { Preflight } from './preflight/preflight.ts'
import type { RecorderService } from './recording/recorder-service.ts'
import type { SettingsOfRecordings } from './recording/recording-settings.ts'
import type { Destinations } from './settings/destinations.ts'
import type { ShowStore } from './shows/show-store.ts'
import type { ServerTime } from './studio-clock.ts'

export interface ShowChecksWiring {
  session: BroadcastSession
  shows: ShowStore
  destinations: Destinations
  addresses: Addresses
  recorder: RecorderService
  recordingSettings: SettingsOfRecordings
  serverTime: ServerTime
  clock: Clock
}

/** What the checks before a show look at, in the studio as it is. */
export const showCheckParts = ({ session, shows, destinations, addresses, recorder, recordingSettings, serverTime, clock }: ShowChecksWiring): ShowCheckParts => ({
  clock,
  show: () => shows.currentShow,
  sources: () => session.sources.value,
  targets: () => destinations.targets.value,
  facts: () => addresses.facts.value,
  serverNowMs: () => serverTime.clock.now(),
  clockOffsetMs: () => serverTime.offset.state.offsetMs,
  recording: () => ({ wanted: recordingSettings.topic.value.withBroadcast || recorder.status.value.state !== 'idle', settings: recordingSettings.topic.value }),
  recordingsFolder: () => recordingSettings.folder.value,
  freeBytes: freeBytesAt,
  lookUp: systemLookUp,
  processorTimes,
})

/** The part of the composition root that is about the look before a show; the page there is adds its own. */
export const openPreflight = (root: Scope, { show, diagnostics, clock, log }: { show: ShowCheckParts; diagnostics: Diagnostics; clock: Clock; log: Logger }): Preflight =>
  root.own(new Preflight({ checks: () => [...showChecks(show), ...diagnostics.page.checks().filter(({ group }) => group === 'show')], clock, log: log.child('preflight') }))
