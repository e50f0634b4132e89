import type { BroadcastSession } from './broadcast/session.ts'
import type { Host } from './host/host.ts'
import type { RecorderService } from './recording/recorder-service.ts'

/** Keeps the computer awake while something is sent or recorded; returns how to stop. */
export function holdAwakeWhileOn(host: Host, [broadcast, recording]: [BroadcastSession['status'], RecorderService['status']]): () => void {
  let release: (() => void) | null = null
  const look = () => {
    if (broadcast.value.live || recording.value.state !== 'idle') release ??= host.keepAwake()
    else {
      release?.()
      release = null
    }
  }
  const unwatch = [broadcast.watch(look), recording.watch(look)]
  return () => {
    for (const stop of unwatch) stop()
    release?.()
  }
}
