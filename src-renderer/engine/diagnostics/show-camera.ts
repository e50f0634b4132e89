import { openDevice, stopAll, CannotOpen, type OpenCode, type Opens } from './measure/open-device.ts'
import type { DiagnosticClock } from '@shared/diagnostics/diagnostic.ts'

/** As the studio asks a new camera source and the check of the picture does: a browser gives a camera that is open in one size to nobody in another. */
const ASKED: MediaTrackConstraints = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } }

export interface ShownCamera {
  media: Opens
  clock: DiagnosticClock
  /** Empty = the system's default. */
  deviceId: string
  /** The picture runs (null), or why there is none. */
  onState(problem: OpenCode | 'ended' | null): void
}

/** Shows a camera in a video element until the returned function is called. */
export function showCamera(element: HTMLVideoElement, { media, clock, deviceId, onState }: ShownCamera): () => void {
  const ending = new AbortController()
  void openDevice(media, { kind: 'videoinput', deviceId, constraints: ASKED }, { clock, signal: ending.signal }).then(
    (stream) => {
      ending.signal.addEventListener('abort', () => {
        stopAll(stream)
        element.srcObject = null
      })
      if (ending.signal.aborted) return stopAll(stream)
      stream.getVideoTracks()[0]?.addEventListener('ended', () => ending.signal.aborted || onState('ended'))
      element.srcObject = stream
      onState(null)
    },
    (thrown: unknown) => ending.signal.aborted || onState(thrown instanceof CannotOpen ? thrown.code : 'busy'),
  )
  return () => ending.abort()
}
