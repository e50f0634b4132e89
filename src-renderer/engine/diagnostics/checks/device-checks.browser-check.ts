import { performChecks } from '@shared/diagnostics/perform-checks.ts'
import type { CheckState, DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import { pageClock } from '../../clock.ts'
import { diagnosticClock } from '../diagnostic-clock.ts'
import { CheckAids } from '../measure/check-aids.ts'
import { pageChecks } from '../page-checks.ts'

/** The page's checks of devices in a page of their own. Driven by `e2e/engine/device-checks.spec.ts`; not part of the product's build. */
const aids = new CheckAids()
/** What main does for the page, done by whoever drives it. */
declare const exchangeOffer: (offer: { server: string; sdp: string }) => Promise<{ sdp: string }>
const checks = pageChecks({
  media: navigator.mediaDevices, permissions: navigator.permissions, aids,
  line: { exchangeOffer: (offer) => exchangeOffer(offer), makeConnection: () => new RTCPeerConnection({ iceServers: [] }) },
})

const check = {
  /** Runs these checks and resolves with their ends; `live` has what was told on the way, by check. */
  async run(names: string[], options: DiagnosticOptions): Promise<{ states: CheckState[]; live: Record<string, unknown[]> }> {
    const live: Record<string, unknown[]> = {}
    const states = await performChecks({
      checks: checks.filter(({ name }) => names.includes(name)),
      options,
      clock: diagnosticClock(pageClock),
      log: { info() {}, warn() {} },
      signal: new AbortController().signal,
      onState: (state) => {
        if (state.live) (live[state.name] ??= []).push(state.live)
      },
    })
    return { states, live }
  },
  recording() {
    const recording = aids.lastRecording()
    return recording && { sizeBytes: recording.blob.size, type: recording.blob.type, durationMs: recording.durationMs, label: recording.label }
  },
}

Object.assign(window, { check })
