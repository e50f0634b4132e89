import { diagnostic, type Performing } from '@shared/diagnostics/diagnostic.ts'
import { round } from '../measure/figures.ts'
import { frameTiming } from '../measure/frame-timing.ts'
import { judgePicture, type PictureSeen } from '../measure/judge-picture.ts'
import { changedShare, type Luma, meanLuma } from '../measure/luma.ts'
import { LumaEye, readTrack } from '../measure/read-track.ts'
import { withDevice } from '../measure/with-device.ts'
import { chosenId, DEVICE_SLACK_MS, type DeviceCheckParts, withoutShow } from './device-kinds.ts'

/** As the studio asks a new camera source. */
const ASKED = { width: 1280, height: 720, frameRate: 30 }
const WATCH_SECONDS = 3
/** Real pictures differ after this long, even of an empty room: sensors are noisy. */
const LOOK_EVERY_MS = 100
/** Cameras open their eye over the first frames: dark, uneven, sometimes twice the same. */
const WARM_UP_MS = 500
const TELL_EVERY_MS = 250

export const cameraPicture = (parts: DeviceCheckParts) =>
  diagnostic({
    name: 'camera.picture',
    group: 'camera',
    uses: 'camera',
    timeoutMs: DEVICE_SLACK_MS + 60_000,
    perform: (given) =>
      withoutShow(parts, () => withDevice(parts.media, { kind: 'videoinput', deviceId: chosenId('camera', given.options), constraints: { width: { ideal: ASKED.width }, height: { ideal: ASKED.height }, frameRate: { ideal: ASKED.frameRate } } }, given,
        async (track, signal) => judgePicture(await watchPicture(track, { ...given, signal }, Math.min(30, given.options.seconds ?? WATCH_SECONDS))))),
  })

/** Looks at the picture for so many seconds, and tells how it goes. */
async function watchPicture(track: MediaStreamTrack, given: Performing, seconds: number): Promise<PictureSeen> {
  const eye = new LumaEye()
  const stampsMs: number[] = []
  const lumas: number[] = []
  const changes: number[] = []
  let before: Luma | null = null
  let [firstMs, lookedMs, toldMs] = [NaN, -Infinity, -Infinity]
  let got = { width: 0, height: 0 }
  await readTrack('video', track, { ...given, forMs: WARM_UP_MS + seconds * 1000 }, (frame, arrivedMs) => {
    if (Number.isNaN(firstMs)) firstMs = arrivedMs
    if (arrivedMs - firstMs < WARM_UP_MS) return
    got = { width: frame.displayWidth, height: frame.displayHeight }
    stampsMs.push(frame.timestamp / 1000)
    if (arrivedMs - lookedMs >= LOOK_EVERY_MS) {
      lookedMs = arrivedMs
      const luma = eye.look(frame)
      lumas.push(meanLuma(luma))
      if (before) changes.push(changedShare(before, luma))
      before = luma
    }
    if (arrivedMs - toldMs >= TELL_EVERY_MS) {
      toldMs = arrivedMs
      const { fps, jitterMs } = frameTiming(stampsMs)
      given.progress((arrivedMs - firstMs - WARM_UP_MS) / (seconds * 1000), { fps: round(fps, 1), jitterMs: round(jitterMs, 1), luma: Math.round(lumas.at(-1) ?? 0), ...got })
    }
  })
  return { asked: ASKED, got, claimedFps: track.getSettings().frameRate ?? 0, timing: frameTiming(stampsMs), lumas, changes }
}
