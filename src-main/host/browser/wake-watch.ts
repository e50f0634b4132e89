import type { Clock } from '../../base/clock.ts'

const TICK_MS = 2000
const LATE_MS = 5000

/** Calls `onWake` when wall time has jumped ahead: the computer slept. Returns how to stop watching. */
export function watchForWake(clock: Clock, onWake: () => void): () => void {
  let lastMs = clock.now()
  return clock.every(TICK_MS, () => {
    const nowMs = clock.now()
    const lateMs = nowMs - lastMs - TICK_MS
    lastMs = nowMs
    if (lateMs > LATE_MS) onWake()
  })
}
