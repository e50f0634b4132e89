import type { Bridge } from '../bridge/bridge.types.ts'
import { pageClock } from '../engine/clock.ts'
import { diagnosticClock } from '../engine/diagnostics/diagnostic-clock.ts'
import { browserEnvironment } from '../engine/diagnostics/checks/environment-parts.ts'
import type { ShowDevice } from '../engine/diagnostics/checks/device-kinds.ts'
import { followDiagnostics } from '../engine/diagnostics/follow-diagnostics.ts'
import type { CheckAids } from '../engine/diagnostics/measure/check-aids.ts'
import type { LendingDevices } from '../engine/diagnostics/measure/lending-devices.ts'
import { pageChecks } from '../engine/diagnostics/page-checks.ts'
import { browserEncoderProbe } from '../engine/program/browser-encoder.ts'

/** Carries out the checks that main wants of the page, until the page loses main. */
export function carryOutChecks(bridge: Bridge, aids: CheckAids, { lendCameras }: LendingDevices): void {
  const stop = followDiagnostics({ link: bridge.diagnostics, checks: pageChecks({ media: navigator.mediaDevices, permissions: navigator.permissions, environment: browserEnvironment(navigator.mediaDevices), line: { exchangeOffer: (offer) => bridge.diagnostics.exchangeOffer(offer), makeConnection: () => new RTCPeerConnection({ iceServers: [] }) }, aids, lendCameras, showDevices: () => showDevices(bridge), show: { encoders: browserEncoderProbe, showEncoding: async () => (await bridge.shows.current({})).show.encoding } }), clock: diagnosticClock(pageClock) })
  bridge.onLost(stop)
}

/** The cameras and microphones of the show as it was last saved. */
async function showDevices(bridge: Bridge): Promise<ShowDevice[]> {
  const { show } = await bridge.shows.current({})
  return show.sources.flatMap((source) =>
    source.kind === 'camera' || source.kind === 'microphone'
      ? [{ kind: source.kind === 'camera' ? 'videoinput' : 'audioinput', sourceId: source.id, deviceId: source.deviceId, label: source.deviceLabel } as const]
      : [],
  )
}
