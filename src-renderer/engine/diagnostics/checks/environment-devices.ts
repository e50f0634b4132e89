import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { isReal } from '../measure/device-changes.ts'
import type { EnvironmentParts } from './environment-parts.ts'

const KINDS = { videoinput: 'camera', audioinput: 'microphone', audiooutput: 'speaker' } as const
const MAX_DEVICES = 100

/** A device as the report has it. 0 = not told. */
export interface ReportedDevice {
  kind: 'camera' | 'microphone' | 'speaker'
  label: string
  /** The highest that it says it has. */
  width: number
  height: number
  frameRate: number
  sampleRate: number
  channels: number
}

/** All devices, and what they say they can do; nobody is asked for permission. */
export const environmentDevices = ({ media }: Pick<EnvironmentParts, 'media'>) =>
  diagnostic({ name: 'environment.devices', group: 'environment', uses: 'nothing', timeoutMs: 10_000, perform: async () => judgeDevices((await media.enumerateDevices()).filter((each) => isReal(each) || each.label === '').slice(0, MAX_DEVICES).map(reported)) })

export function judgeDevices(devices: readonly ReportedDevice[]): FindingOf<'environment.devices'> {
  const count = (kind: ReportedDevice['kind']): number => devices.filter((each) => each.kind === kind).length
  const params = { cameras: count('camera'), microphones: count('microphone'), speakers: count('speaker') }
  const data = { ...params, devices: devices.map((each) => ({ ...each })) }
  if (params.cameras + params.microphones === 0) return { status: 'warn', code: 'none', data, actions: ['again'] }
  if (devices.every(({ label }) => label === '')) return { status: 'warn', code: 'unnamed', params, data, actions: ['again'] }
  return { status: 'pass', code: 'listed', params, data }
}

/** Cameras and microphones that were permitted have `getCapabilities` (InputDeviceInfo); nothing else has. */
function reported(device: Pick<MediaDeviceInfo, 'kind' | 'label'> & { getCapabilities?: () => MediaTrackCapabilities }): ReportedDevice {
  const able = device.getCapabilities?.() ?? {}
  const most = (range: ULongRange | DoubleRange | undefined): number => Math.round((range?.max ?? 0) * 100) / 100
  return { kind: KINDS[device.kind], label: device.label, width: most(able.width), height: most(able.height), frameRate: most(able.frameRate), sampleRate: most(able.sampleRate), channels: most(able.channelCount) }
}
