import { randomUUID } from 'node:crypto'
import type { Destination } from '@shared/domain/destination.ts'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Scope } from './base/scope.ts'
import type { BroadcastSession } from './broadcast/session.ts'
import type { ShowCheckParts } from './diagnostics/checks/show-check-parts.ts'
import { processorTimes } from './diagnostics/checks/show-processor-times.ts'
import { memoryNow, namesIn, systemFacts } from './diagnostics/checks/system-facts.ts'
import { Diagnostics } from './diagnostics/diagnostics.ts'
import { freeBytesAt } from './base/free-bytes.ts'
import type { IngestParts } from './diagnostics/ingest/ingest-parts.ts'
import { LineWatch } from './diagnostics/line-watch.ts'
import { mainChecks } from './diagnostics/main-checks.ts'
import { networkParts } from './diagnostics/network/network-parts.ts'
import type { ReportSurroundings } from './diagnostics/report/make-report.ts'
import type { Ffmpeg } from './process/find-ffmpeg.ts'
import type { Watchable } from './rpc/topic.ts'
import type { ServerTime } from './studio-clock.ts'

export interface DiagnosticsWiring {
  session: BroadcastSession
  recordingsFolder: Watchable<string>
  destinations: Watchable<readonly Destination[]>
  serverTime: ServerTime
  show: ShowCheckParts
  ingest: IngestParts
  ffmpeg: () => Promise<Ffmpeg | null>
  about: ReportSurroundings
  clock: Clock
  log: Logger
}

/** The part of the composition root that is about looking for what is wrong. */
export function openDiagnostics(root: Scope, { session, recordingsFolder, destinations, serverTime, show, ingest, ffmpeg, about, clock, log }: DiagnosticsWiring): Diagnostics {
  const network = networkParts({ clock, destinations: () => destinations.value, heardOffsetMs: () => serverTime.offset.state.offsetMs })
  const checks = mainChecks({
    recordingsFolder: () => recordingsFolder.value,
    freeBytes: freeBytesAt,
    network,
    system: {
      ...network, facts: systemFacts, versions: () => about.versions, ffmpeg, processorTimes, memory: memoryNow, list: namesIn,
      recordingsFolder: () => recordingsFolder.value, freeBytes: freeBytesAt,
    },
    show,
    ingest,
  })
  const line = root.own(new LineWatch(network))
  return root.own(new Diagnostics({ clock, log: log.child('diagnostics'), newId: randomUUID, checks, isLive: () => session.status.value.live, line, about }))
}
