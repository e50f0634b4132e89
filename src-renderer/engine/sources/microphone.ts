import type { SourceOf } from '@shared/domain/source.ts'
import { type DeviceKind, startDevice } from './device-source.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

const microphone: DeviceKind<SourceOf<'microphone'>> = {
  deviceKind: 'audioinput',
  constraints: (source, deviceId) => ({
    audio: {
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      echoCancellation: source.echoCancellation,
      noiseSuppression: source.noiseSuppression,
      autoGainControl: source.autoGainControl,
    },
  }),
  sameCapture: (before, after) =>
    before.deviceId === after.deviceId && before.deviceLabel === after.deviceLabel && before.echoCancellation === after.echoCancellation &&
    before.noiseSuppression === after.noiseSuppression && before.autoGainControl === after.autoGainControl,
  use: (source, stream, context) => context.sound.setSource(source.id, { kind: 'stream', stream }, context.strip(source.id)),
  drop: (source, context) => context.sound.remove(source.id),
}

export const startMicrophone = (source: SourceOf<'microphone'>, context: SourceContext): SourceRunner =>
  startDevice(source, microphone, context)
