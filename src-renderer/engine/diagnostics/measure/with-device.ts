import type { Performing } from '@shared/diagnostics/diagnostic.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import { deviceAgain, isReal, type ListedDevice } from './device-changes.ts'
import { CannotOpen, type DeviceWish, type OpenCode, openDevice, type Opens, stopAll } from './open-device.ts'
import { type ListsDevices, watchDevices } from './watch-devices.ts'

/** How long a test waits for a device that was taken out. */
export const RETURN_WITHIN_MS = 15_000
/** A loose plug is told after so many times. */
const MAX_TIMES = 5
/** A driver that has just failed is not asked again at once. */
const BREATHE_MS = 300

/** The device went away while it was used. */
export class DeviceLost extends Error {}

export type CannotUse = Omit<Finding, 'code'> & { code: OpenCode | 'unplugged' }

/**
 * Opens the device and measures with it. One that is taken out on the way is told (`live.unplugged`) and waited for; when it is
 * back, the measurement begins anew. The finding is the measurement's, or why there is none. The device is let go in any case.
 */
export async function withDevice<F extends { data?: Finding['data'] }>(
  media: Opens & ListsDevices, wish: DeviceWish, given: Performing, measure: (track: MediaStreamTrack, signal: AbortSignal, stream: MediaStream) => Promise<F>,
): Promise<F | CannotUse> {
  let deviceId = wish.deviceId
  let lost: ListedDevice | null = null
  for (let times = 0; ; times++) {
    const run = new AbortController()
    let stream: MediaStream | null = null
    try {
      stream = await openDevice(media, { ...wish, deviceId }, given)
      const track = stream.getTracks()[0]!
      track.addEventListener('ended', () => run.abort(new DeviceLost('the device went away')), { once: true })
      lost = await deviceOf(track, wish.kind, media)
      const found = await measure(track, AbortSignal.any([given.signal, run.signal]), stream)
      return times > 0 ? { ...found, data: { ...found.data, unplugged: times } } : found
    } catch (thrown) {
      if (given.signal.aborted) throw given.signal.reason
      const goneAgain = thrown instanceof CannotOpen && lost !== null && thrown.code !== 'denied'
      if (thrown instanceof CannotOpen && !goneAgain) return { status: 'fail', code: thrown.code, evidence: thrown.evidence, actions: actionsFor(thrown.code) }
      if (!goneAgain && !(thrown instanceof DeviceLost) && !run.signal.aborted) throw thrown
    } finally {
      if (stream) stopAll(stream)
    }
    const name = lost?.label || '…'
    given.progress(0, { unplugged: name })
    await given.clock.sleep(BREATHE_MS, given.signal)
    const again = lost && times < MAX_TIMES ? await back(lost, media, given) : null
    if (!again) return { status: 'fail', code: 'unplugged', params: { name }, actions: ['choose-device', 'again'], data: { unplugged: times + 1 } }
    deviceId = again.deviceId
    given.progress(0, { unplugged: false })
  }
}

export function actionsFor(code: OpenCode): Finding['actions'] {
  if (code === 'denied' || code === 'denied-by-system') return ['open-privacy-settings', 'again']
  return code === 'chosen-missing' ? ['choose-device', 'again'] : ['again']
}

/** The device behind a track; of the system's default the one that it stands for now. */
async function deviceOf(track: MediaStreamTrack, kind: DeviceWish['kind'], media: ListsDevices): Promise<ListedDevice> {
  const { deviceId = '', groupId = '' } = track.getSettings()
  const listed = await media.enumerateDevices()
  const real = listed.find((each) => each.kind === kind && isReal(each) && (each.deviceId === deviceId || (groupId !== '' && each.groupId === groupId)))
  return real ?? { kind, deviceId, groupId, label: track.label }
}

/** The device as it is listed when it is back; null when it does not come in time. */
async function back(device: ListedDevice, media: ListsDevices, { clock, signal }: Performing): Promise<ListedDevice | null> {
  const listed = deviceAgain(device, await media.enumerateDevices())
  if (listed) return listed
  const { promise, resolve } = Promise.withResolvers<ListedDevice>()
  const stop = watchDevices(media, clock, (_changes, now) => {
    const again = deviceAgain(device, now)
    if (again) resolve(again)
  })
  const waiting = new AbortController()
  try {
    return await Promise.race([promise, clock.sleep(RETURN_WITHIN_MS, AbortSignal.any([signal, waiting.signal])).then(() => null)])
  } finally {
    stop()
    waiting.abort()
  }
}
