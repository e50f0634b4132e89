import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { isReal, type ListedDevice } from '../measure/device-changes.ts'
import { chosenId, type DeviceCheckParts, KIND_OF, type ShowDevice, type Thing } from './device-kinds.ts'

/** So many names fit into a sentence. */
const MAX_NAMES = 6

/** What is to be used, among what is connected. Pure. `listed` is of one kind. */
export function judgePresence(listed: readonly ListedDevice[], chosen: string, wanted: readonly ShowDevice[]): FindingOf<`${Thing}.present`> {
  const real = listed.filter(isReal)
  // Without permission there are entries, but neither ids nor names.
  if (real.length === 0 && listed.length === 0) return { status: 'fail', code: 'none', params: { count: 0 }, actions: ['again'] }
  if (listed.every(({ label }) => label === '')) return { status: 'warn', code: 'unnamed', params: { count: listed.length }, actions: ['again'] }
  // A system that lists nothing but its default has that one.
  const all = real.length > 0 ? real : listed
  const names = all.map(({ label }) => label)
  const params = { count: all.length, names: names.slice(0, MAX_NAMES).join(', ') + (names.length > MAX_NAMES ? ', …' : '') }
  const data = { count: all.length, names }
  if (chosen !== '' && !listed.some(({ deviceId }) => deviceId === chosen)) return { status: 'fail', code: 'chosen-missing', params, data, actions: ['choose-device', 'again'] }
  const isThere = (each: ShowDevice): boolean => listed.some(({ deviceId, label }) => deviceId === each.deviceId || (each.label !== '' && label === each.label))
  const missing = wanted.find((each) => (each.deviceId !== '' || each.label !== '') && !isThere(each))
  if (missing) return { status: 'fail', code: 'show-missing', params: { ...params, wanted: missing.label || '?' }, data, about: missing.sourceId, actions: ['go-to-source', 'again'] }
  const standsFor = defaultOf(listed)
  const meant = listed.find(({ deviceId }) => deviceId === chosen && isReal({ deviceId } as ListedDevice)) ?? listed.find((each) => wanted.some((one) => one.deviceId !== '' && (one.deviceId === each.deviceId || one.label === each.label)))
  if (standsFor && meant && isReal(meant) && standsFor.deviceId !== meant.deviceId) {
    return { status: 'warn', code: 'other-default', params: { ...params, wanted: meant.label, default: standsFor.label }, data, actions: ['choose-device'] }
  }
  return { status: 'pass', code: 'found', params, data }
}

/** Which device the entry `default` stands for: Chromium names it `Default - <name>`, in the system's language, and gives it the same group. */
function defaultOf(listed: readonly ListedDevice[]): ListedDevice | undefined {
  const entry = listed.find(({ deviceId }) => deviceId === 'default')
  if (!entry) return undefined
  const real = listed.filter(isReal)
  return real.find(({ label }) => label !== '' && (entry.label === label || entry.label.endsWith(` ${label}`))) ?? real.find(({ groupId }) => groupId !== '' && groupId === entry.groupId)
}

const present = (thing: Thing, { media, showDevices }: DeviceCheckParts) =>
  diagnostic<`${Thing}.present`>({
    name: `${thing}.present`,
    group: thing,
    uses: 'nothing',
    timeoutMs: 10_000,
    async perform({ options }) {
      const [all, wanted] = await Promise.all([media.enumerateDevices(), showDevices?.() ?? []])
      const kind = KIND_OF[thing]
      return judgePresence(all.filter((each) => each.kind === kind), chosenId(thing, options), wanted.filter((each) => each.kind === kind))
    },
  })

export const cameraPresent = (parts: DeviceCheckParts) => present('camera', parts)
export const microphonePresent = (parts: DeviceCheckParts) => present('microphone', parts)
export const speakerPresent = (parts: DeviceCheckParts) => present('speaker', parts)
