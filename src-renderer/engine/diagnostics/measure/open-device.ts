import type { Performing } from '@shared/diagnostics/diagnostic.ts'
import { within } from './later.ts'

export type Opens = Pick<MediaDevices, 'getUserMedia'>

/** What a check wants to open. */
export interface DeviceWish {
  kind: 'videoinput' | 'audioinput'
  /** Empty = the system's default. */
  deviceId: string
  /** Beside the device: size, rate, processing. */
  constraints?: MediaTrackConstraints
}

export type OpenCode = 'denied' | 'denied-by-system' | 'busy' | 'missing' | 'chosen-missing'

/** A device that could not be opened, for a reason that is a finding. */
export class CannotOpen extends Error {
  constructor(readonly code: OpenCode, readonly evidence: string) {
    super(evidence)
  }
}

/** Somebody may be asked for permission first. */
const OPEN_LIMIT_MS = 30_000

/** Sound as the device gives it: nothing evened out, nothing suppressed. */
export const AS_IT_IS: MediaTrackConstraints = { echoCancellation: false, noiseSuppression: false, autoGainControl: false }

/** Opens it; rejects with CannotOpen, or with the signal's reason. Whoever gets the stream stops its tracks. */
export async function openDevice(media: Opens, { kind, deviceId, constraints }: DeviceWish, { clock, signal }: Pick<Performing, 'clock' | 'signal'>): Promise<MediaStream> {
  signal.throwIfAborted()
  const wish: MediaTrackConstraints = { ...constraints, ...(deviceId && { deviceId: { exact: deviceId } }) }
  try {
    return await within(
      media.getUserMedia(kind === 'videoinput' ? { video: wish } : { audio: wish }),
      { clock, signal, limitMs: OPEN_LIMIT_MS },
      () => new CannotOpen('busy', 'no answer from the device'),
      stopAll,
    )
  } catch (thrown) {
    if (signal.aborted) throw signal.reason
    throw thrown instanceof CannotOpen ? thrown : whyNot(thrown, deviceId !== '')
  }
}

/** W3C Media Capture and Streams, §10.2: what the names of getUserMedia's failures mean. Other failures are returned as they are. */
export function whyNot(thrown: unknown, chosen: boolean): unknown {
  if (!(thrown instanceof Error || thrown instanceof DOMException)) return thrown
  const code = codeOf(thrown, chosen)
  return code ? new CannotOpen(code, `${thrown.name}: ${thrown.message}`) : thrown
}

function codeOf({ name, message }: { name: string; message: string }, chosen: boolean): OpenCode | null {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      // Chromium's words when the system's own switch is off.
      return /by system/i.test(message) ? 'denied-by-system' : 'denied'
    case 'NotFoundError':
      return chosen ? 'chosen-missing' : 'missing'
    case 'OverconstrainedError':
      return chosen ? 'chosen-missing' : null
    case 'NotReadableError':
    // A device that vanishes or hangs while it is being opened.
    case 'AbortError':
      return 'busy'
    default:
      return null
  }
}

export function stopAll(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}
