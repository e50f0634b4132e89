import { mediaError } from './sources/media-failure.ts'
import type { DeviceChoice, Devices } from './engine.types.ts'

type MediaApi = Pick<MediaDevices, 'enumerateDevices' | 'getUserMedia'>

/** Cameras, microphones and speakers as the system lists them; without permission they have neither ids nor names and are left out. */
export async function listDevices(media: MediaApi): Promise<Devices> {
  const all = await media.enumerateDevices()
  const of = (kind: MediaDeviceKind): DeviceChoice[] =>
    all.filter((device) => device.kind === kind && device.deviceId !== '').map(({ deviceId, label }) => ({ deviceId, label }))
  return { cameras: of('videoinput'), microphones: of('audioinput'), speakers: of('audiooutput') }
}

/**
 * Asks for camera and microphone once and lets both go again; afterwards the list has names. Where one of the two does
 * not exist, the other is enough. Rejects with a StudioError when neither could be had.
 */
export async function unlockDevices(media: MediaApi): Promise<void> {
  const wishes: MediaStreamConstraints[] = [{ video: true, audio: true }, { video: true }, { audio: true }]
  let first: unknown = null
  for (const wish of wishes) {
    try {
      const stream = await media.getUserMedia(wish)
      for (const track of stream.getTracks()) track.stop()
      return
    } catch (error) {
      first ??= error
    }
  }
  throw mediaError(first)
}
