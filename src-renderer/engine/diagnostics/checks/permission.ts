import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import { CannotOpen, openDevice, stopAll } from '../measure/open-device.ts'
import { actionsFor } from '../measure/with-device.ts'
import { chosenId, type DeviceCheckParts, KIND_OF } from './device-kinds.ts'

/** What the browser says, and whether the device really opens: either alone may be wrong. */
const permission = (thing: 'camera' | 'microphone', { media, permissions }: DeviceCheckParts) =>
  diagnostic<'camera.permission' | 'microphone.permission'>({
    name: `${thing}.permission`,
    group: thing,
    uses: thing,
    timeoutMs: 40_000,
    async perform(given) {
      const state = await permissions.query({ name: thing }).then((status) => status.state, () => 'unknown' as const)
      try {
        stopAll(await openDevice(media, { kind: KIND_OF[thing], deviceId: chosenId(thing, given.options) }, given))
        return { status: 'pass', code: 'granted', data: { state } }
      } catch (thrown) {
        if (!(thrown instanceof CannotOpen)) throw thrown
        // Another program lets go of it again: that is no question of permission.
        return { status: thrown.code === 'busy' ? 'warn' : 'fail', code: thrown.code, evidence: thrown.evidence, actions: actionsFor(thrown.code), data: { state } }
      }
    },
  })

export const cameraPermission = (parts: DeviceCheckParts) => permission('camera', parts)
export const microphonePermission = (parts: DeviceCheckParts) => permission('microphone', parts)
