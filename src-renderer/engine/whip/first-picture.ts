import type { EngineClock } from '../clock.ts'

/** A pipeline that was just begun waits up to 1 s for the sound's header; what takes longer than this is not waited for. */
const LONGEST_MS = 3000

/** Resolves once the track gives a picture, after 3 s at the latest. */
export async function firstPicture(track: MediaStreamTrack, clock: Pick<EngineClock, 'after'>): Promise<void> {
  const copy = track.clone()
  const reader = new MediaStreamTrackProcessor({ track: copy as MediaStreamVideoTrack }).readable.getReader()
  const callOff = clock.after(LONGEST_MS, () => void reader.cancel())
  try {
    const { value } = await reader.read()
    value?.close()
  } catch {
    // The track is gone.
  } finally {
    callOff()
    await reader.cancel().catch(() => {})
    copy.stop()
  }
}
