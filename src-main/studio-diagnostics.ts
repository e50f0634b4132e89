import { randomUUID } from 'node:crypto'
import type { Clock } from './base/clock.ts'
import type { Logger } from './base/logger.ts'
import type { Scope } from './base/scope.ts'
import type { BroadcastSession } from './broadcast/session.ts'
import { Diagnostics } from './diagnostics/diagnostics.ts'
import { freeBytesAt } from './diagnostics/free-bytes.ts'
import { mainChecks } from './diagnostics/main-checks.ts'
import type { Watchable } from './rpc/topic.ts'

export interface DiagnosticsWiring {
  session: BroadcastSession
  recordingsFolder: Watchable<string>
  clock: Clock
  log: Logger
}

/** The part of the composition root that is about looking for what is wrong. */
export function openDiagnostics(root: Scope, { session, recordingsFolder, clock, log }: DiagnosticsWiring): Diagnostics {
  const checks = mainChecks({
    recordingsFolder: () => recordingsFolder.value,
    freeBytes: freeBytesAt,
  })
  return root.own(new Diagnostics({ clock, log: log.child('diagnostics'), newId: randomUUID, checks, isLive: () => session.status.value.live }))
}
