import type { Bridge } from '../bridge/bridge.types.ts'
import { pageClock } from '../engine/clock.ts'
import { diagnosticClock } from '../engine/diagnostics/diagnostic-clock.ts'
import { followDiagnostics } from '../engine/diagnostics/follow-diagnostics.ts'
import { pageChecks } from '../engine/diagnostics/page-checks.ts'

/** Carries out the checks that main wants of the page, until the page loses main. */
export function carryOutChecks(bridge: Bridge): void {
  const stop = followDiagnostics({ link: bridge.diagnostics, checks: pageChecks({ media: navigator.mediaDevices }), clock: diagnosticClock(pageClock) })
  bridge.onLost(stop)
}
