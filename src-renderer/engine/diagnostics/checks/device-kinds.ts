import type { DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import type { ListedDevice } from '../measure/device-changes.ts'
import type { Opens } from '../measure/open-device.ts'
import type { ListsDevices } from '../measure/watch-devices.ts'
import type { CheckAids } from '../measure/check-aids.ts'

/** What the page's checks of devices look at. */
export interface DeviceCheckParts {
  media: Opens & ListsDevices & Pick<MediaDevices, 'getDisplayMedia'>
  permissions: { query(wish: { name: 'camera' | 'microphone' }): Promise<Pick<PermissionStatus, 'state'>> }
  aids: CheckAids
  /** Takes the cameras from the show's sources until the returned function is called; absent = nobody else has them. */
  lendCameras?: () => () => void
  /** Cameras and microphones that the show uses now; absent = not known. */
  showDevices?: () => Promise<readonly ShowDevice[]>
}

export interface ShowDevice {
  kind: MediaDeviceKind
  sourceId: string
  /** Empty = the system's default. */
  deviceId: string
  label: string
}

export type Thing = 'camera' | 'microphone' | 'speaker'

export const KIND_OF = { camera: 'videoinput', microphone: 'audioinput', speaker: 'audiooutput' } as const satisfies Record<Thing, ListedDevice['kind']>

export const chosenId = (thing: Thing, options: DiagnosticOptions): string => ({ camera: options.cameraId, microphone: options.microphoneId, speaker: options.speakerId })[thing] ?? ''

/** With the cameras all to itself: one that the show has open in one size is given to nobody in another. */
export async function withoutShow<T>({ lendCameras }: Pick<DeviceCheckParts, 'lendCameras'>, work: () => Promise<T>): Promise<T> {
  const giveBack = lendCameras?.()
  try {
    return await work()
  } finally {
    giveBack?.()
  }
}

/** Opening (somebody may be asked), waiting for a device to come back, and some of each again. */
export const DEVICE_SLACK_MS = 60_000
