import { newDestination, type DestinationView } from '@shared/domain/destination.ts'
import { DEFAULT_ENCODING } from '@shared/domain/encoding.ts'
import type { OutputStatus } from '@shared/domain/output.ts'
import type { FakeBridge } from './fake-bridge.ts'

const rtmp = (id: string, name: string): DestinationView => ({ ...newDestination({ id, name, kind: 'rtmp', address: `rtmp://${id}.example.com/live`, enabled: true }), hasKey: true, hasPassphrase: false })
const running = (destinationId: string, nowMs: number): OutputStatus => ({
  destinationId, state: 'running', changedAtMs: nowMs - 60_000, attempt: 1, nextAttemptAtMs: null, failure: null, final: false, connects: 1, firstMediaMs: 410, gaps: [],
})

/** One line takes less than the program needs. */
export const CONGESTION_SCENARIO = {
  options: { destinations: [rtmp('school', 'School channel'), rtmp('backup', 'Backup')] },
  arrange(bridge: FakeBridge, _engine: unknown, nowMs: number): void {
    const outputs = [running('school', nowMs), running('backup', nowMs)]
    const congestion = { state: 'reduced' as const, videoKbps: 480, frameRate: 15, decidedBy: 'school', lineKbps: 712 }
    bridge.status.set({ live: true, liveSinceMs: nowMs - 60_000, ending: false, encoding: DEFAULT_ENCODING, programFailure: null, outputs, congestion })
  },
}
