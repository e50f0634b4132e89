export type ListedDevice = Pick<MediaDeviceInfo, 'kind' | 'deviceId' | 'label' | 'groupId'>

export interface DeviceChange {
  change: 'came' | 'went'
  device: ListedDevice
}

/** Windows and Chromium list these beside the device that they stand for. */
const PSEUDO = new Set(['default', 'communications'])

/**
 * What came and what went between two lists: compared by kind and id, and where an id is new, by label and group, because some
 * drivers give a device a new id when it is put in again. Devices without a name and id (no permission yet) are no news.
 */
export function deviceChanges(before: readonly ListedDevice[], after: readonly ListedDevice[]): DeviceChange[] {
  const gone = before.filter((each) => isReal(each) && !after.some((other) => sameId(each, other)))
  const fresh = after.filter((each) => isReal(each) && !before.some((other) => sameId(each, other)))
  const renamed = new Set<ListedDevice>()
  for (const each of gone) {
    const again = fresh.find((other) => !renamed.has(other) && sameThing(each, other))
    if (again) renamed.add(each).add(again)
  }
  return [
    ...gone.filter((each) => !renamed.has(each)).map((device) => ({ change: 'went', device }) as const),
    ...fresh.filter((each) => !renamed.has(each)).map((device) => ({ change: 'came', device }) as const),
  ]
}

/** The device in this list that was there before under another id, or under the same; undefined when it is not there. */
export const deviceAgain = (device: ListedDevice, listed: readonly ListedDevice[]): ListedDevice | undefined =>
  listed.find((each) => sameId(device, each)) ?? listed.find((each) => sameThing(device, each)) ?? listed.find((each) => each.kind === device.kind && each.label !== '' && each.label === device.label)

export const isReal = ({ deviceId }: ListedDevice): boolean => deviceId !== '' && !PSEUDO.has(deviceId)
const sameId = (a: ListedDevice, b: ListedDevice): boolean => a.kind === b.kind && a.deviceId === b.deviceId
const sameThing = (a: ListedDevice, b: ListedDevice): boolean => a.kind === b.kind && a.label !== '' && a.label === b.label && a.groupId === b.groupId
