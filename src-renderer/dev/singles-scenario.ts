import { newDestination } from '@shared/domain/destination.ts'
import type { DestinationView } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import { singleEncoding } from '@shared/domain/single-presets.ts'
import type { Scenario } from './scenario.types.ts'

const rtmp = (id: string, name: string, content: DestinationView['content']): DestinationView => ({
  ...newDestination({ id, name, kind: 'rtmp', address: `rtmps://${id}.example.com/live`, enabled: true, content }), hasKey: true, hasPassphrase: false,
})

/** The mix, the camera and the screen side by side; the screen is not there yet. */
export const SINGLES_SCENARIO: Scenario = {
  options: { destinations: [rtmp('mix', 'Main channel', 'mix'), rtmp('camera', 'Translation desk', 'main'), rtmp('screen', 'Slides archive', 'aux')] },
  arrange: (bridge, _engine, nowMs) => {
    bridge.singles.set({
      main: { encoding: singleEncoding({ width: 1280, height: 720 }, DEFAULT_ENCODING), failure: null, congestion: { state: 'reduced', videoKbps: 840, frameRate: 15, decidedBy: 'camera', lineKbps: 1130 } },
      aux: { encoding: null, failure: { reason: 'no-picture', evidence: 'Slides: ended', atMs: nowMs } },
    })
    const status = { changedAtMs: nowMs - 60_000, attempt: 1, nextAttemptAtMs: null, failure: null, final: false, connects: 1, firstMediaMs: 640, gaps: [] }
    bridge.status.set({ ...bridge.status.state, live: true, liveSinceMs: nowMs - 60_000, outputs: ['mix', 'camera', 'screen'].map((destinationId) => ({ ...status, destinationId, state: 'running' as const })) })
  },
}
