import { type DeviceChange, deviceChanges, type ListedDevice } from './device-changes.ts'
import { later, type Sleeper } from './later.ts'

export type ListsDevices = Pick<MediaDevices, 'enumerateDevices' | 'addEventListener' | 'removeEventListener'>

/** One plug makes several events, the last of them with the whole truth. */
const SETTLE_MS = 300
/** A driver that never stops telling is listened to all the same: the user hears within a second. */
const LATEST_MS = 700

/** Tells what came and what went, with the list as it is now, within a second. Returns how to stop. */
export function watchDevices(media: ListsDevices, clock: Sleeper, onChange: (changes: readonly DeviceChange[], listed: readonly ListedDevice[]) => void): () => void {
  let known: Promise<readonly ListedDevice[]> = media.enumerateDevices().catch(() => [])
  let [stopped, callOffSettled, callOffLatest] = [false, () => {}, null as (() => void) | null]

  const look = (): void => {
    callOffSettled()
    callOffLatest?.()
    callOffLatest = null
    known = known.then(async (before) => {
      const after = await media.enumerateDevices().catch(() => before)
      const changes = deviceChanges(before, after)
      if (!stopped && changes.length > 0) onChange(changes, after)
      return after
    })
  }
  const onEvent = (): void => {
    callOffSettled()
    callOffSettled = later(clock, SETTLE_MS, look)
    callOffLatest ??= later(clock, LATEST_MS, look)
  }
  media.addEventListener('devicechange', onEvent)
  return () => {
    stopped = true
    callOffSettled()
    callOffLatest?.()
    media.removeEventListener('devicechange', onEvent)
  }
}
