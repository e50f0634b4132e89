import { diagnostic, type FindingOf, type Performing } from '@shared/diagnostics/diagnostic.ts'
import { round } from '../measure/figures.ts'
import { frameTiming } from '../measure/frame-timing.ts'
import { CannotOpen, openDevice, stopAll } from '../measure/open-device.ts'
import { readTrack } from '../measure/read-track.ts'
import { DeviceLost, withDevice } from '../measure/with-device.ts'
import { chosenId, DEVICE_SLACK_MS, type DeviceCheckParts, withoutShow } from './device-kinds.ts'

/** Sizes that cameras have: webrtc/testrtc's list, and those of webcams that are sold now. */
const SIZES = [[160, 120], [320, 180], [320, 240], [640, 360], [640, 480], [800, 600], [960, 540], [1024, 576], [1280, 720], [1280, 960], [1600, 1200], [1920, 1080], [2560, 1440], [3840, 2160], [4096, 2160]] as const
const RATES = [60, 30] as const
const COUNT_SECONDS = 1.5
/** The first frames of a mode come unevenly. */
const WARM_UP_MS = 400
/** All modes together; what is left then is not looked at. */
const BUDGET_MS = 100_000
/** As for the picture: OBS Studio's limit for a rate that does not hold, with room for the camera's own light control. */
const HOLDS_SHARE = 0.9

export interface CameraMode {
  width: number
  height: number
  claimedFps: number
  realFps: number
  jitterMs: number
}

/** Pure. The modes in the order in which they were tried; `complete` = none was left out for lack of time. */
export function judgeModes(modes: readonly CameraMode[], complete: boolean): FindingOf<'camera.modes'> {
  const data = { modes: modes.map((mode) => ({ ...mode })), complete }
  const alive = modes.filter(({ realFps }) => realFps > 0)
  if (alive.length === 0) return { status: 'fail', code: 'none', data, actions: ['choose-device', 'again'] }
  const holding = alive.filter(({ claimedFps, realFps }) => realFps >= HOLDS_SHARE * claimedFps)
  const best = [...(holding.length > 0 ? holding : alive)].sort((a, b) => b.width * b.height - a.width * a.height || b.realFps - a.realFps)[0]!
  const slow = modes.length - holding.length
  const params = { count: modes.length, slow, best: `${best.width} × ${best.height}, ${Math.round(best.realFps)} fps` }
  return slow > 0 ? { status: 'warn', code: 'slow-modes', params, data } : { status: 'pass', code: 'listed', params, data }
}

export const cameraModes = (parts: DeviceCheckParts) =>
  diagnostic({
    name: 'camera.modes',
    group: 'camera',
    uses: 'camera',
    timeoutMs: DEVICE_SLACK_MS + BUDGET_MS + 20_000,
    perform: (given) =>
      withoutShow(parts, () => withDevice(parts.media, { kind: 'videoinput', deviceId: chosenId('camera', given.options) }, given, async (track, signal) => {
        const wishes = wishesFor(track.getCapabilities())
        const deviceId = track.getSettings().deviceId ?? ''
        // Some drivers keep the size of whoever was there first.
        track.stop()
        const modes: CameraMode[] = []
        const startedMs = given.clock.monotonicMs()
        let [tried, last] = [0, null as CameraMode | null]
        for (; tried < wishes.length && given.clock.monotonicMs() - startedMs < BUDGET_MS; tried++) {
          // A size that is not there at one rate is not there at another; one that gave less than was wished gives no more for less.
          if (tried > 0 && settled(wishes[tried - 1]!, wishes[tried]!, last)) continue
          last = await tryMode(parts.media, deviceId, wishes[tried]!, { ...given, signal })
          if (last && !modes.some((each) => sameMode(each, last!))) modes.push(last)
          given.progress((tried + 1) / wishes.length, { modes: modes.map((each) => ({ ...each })) })
        }
        return judgeModes(modes, tried === wishes.length)
      })),
  })

export interface ModeWish {
  width: number
  height: number
  frameRate: number
}

/** What is worth asking a camera of these capabilities: largest first, so that the time goes to what matters. Pure. */
export function wishesFor({ width, height, frameRate }: MediaTrackCapabilities): ModeWish[] {
  const [maxWidth, maxHeight, maxRate] = [width?.max ?? Infinity, height?.max ?? Infinity, frameRate?.max ?? Infinity]
  const largest = Number.isFinite(maxWidth) && Number.isFinite(maxHeight) ? [[maxWidth, maxHeight] as const] : []
  const sizes = [...SIZES, ...largest].filter(([w, h], at, all) => w <= maxWidth && h <= maxHeight && all.findIndex((each) => each[0] === w && each[1] === h) === at)
  const rates = RATES.filter((rate) => rate <= maxRate + 0.5)
  return sizes
    .sort((a, b) => b[0] * b[1] - a[0] * a[1])
    .flatMap(([w, h]) => (rates.length > 0 ? rates : [maxRate]).map((rate) => ({ width: w, height: h, frameRate: rate })))
}

const settled = (before: ModeWish, wish: ModeWish, got: CameraMode | null): boolean =>
  before.width === wish.width && before.height === wish.height && (got === null || got.claimedFps <= wish.frameRate + 0.5)
const sameMode = (a: CameraMode, b: CameraMode): boolean => a.width === b.width && a.height === b.height && a.claimedFps === b.claimedFps

/** Null = the camera does not have this size. The rate is what it says it does then, which may be less than was wished. */
async function tryMode(media: DeviceCheckParts['media'], deviceId: string, { width, height, frameRate }: ModeWish, given: Performing): Promise<CameraMode | null> {
  // Native sizes only: scaling is our own business.
  const constraints = { width: { exact: width }, height: { exact: height }, frameRate: { ideal: frameRate }, resizeMode: { exact: 'none' } } as MediaTrackConstraints
  let stream: MediaStream
  try {
    stream = await openDevice(media, { kind: 'videoinput', deviceId, constraints }, given)
  } catch (thrown) {
    if (thrown instanceof CannotOpen && !(await media.enumerateDevices()).some((each) => each.deviceId === deviceId)) throw new DeviceLost('the camera went away')
    if (thrown instanceof CannotOpen && (thrown.code === 'chosen-missing' || thrown.code === 'busy')) return null
    throw thrown
  }
  try {
    const track = stream.getVideoTracks()[0]!
    const stampsMs: number[] = []
    let firstMs = NaN
    await readTrack('video', track, { ...given, forMs: WARM_UP_MS + COUNT_SECONDS * 1000 }, (frame, arrivedMs) => {
      if (Number.isNaN(firstMs)) firstMs = arrivedMs
      if (arrivedMs - firstMs >= WARM_UP_MS) stampsMs.push(frame.timestamp / 1000)
    })
    const { fps, jitterMs } = frameTiming(stampsMs)
    const settings = track.getSettings()
    return { width: settings.width ?? width, height: settings.height ?? height, claimedFps: round(settings.frameRate ?? frameRate, 1), realFps: round(fps, 1), jitterMs: round(jitterMs, 1) }
  } finally {
    stopAll(stream)
  }
}
