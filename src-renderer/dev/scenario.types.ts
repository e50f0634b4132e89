import type { FakeBridge, FakeBridgeOptions } from './fake-bridge.ts'
import type { FakeEngine } from './fake-engine.ts'

/** One state of the whole window. `nowMs` is the wall time at which it is looked at. */
export interface Scenario {
  options: FakeBridgeOptions
  arrange?: (bridge: FakeBridge, engine: FakeEngine, nowMs: number) => void
}
