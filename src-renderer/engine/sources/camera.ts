import type { SourceOf } from '@shared/domain/source.ts'
import { type DeviceKind, startDevice } from './device-source.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

const camera: DeviceKind<SourceOf<'camera'>> = {
  deviceKind: 'videoinput',
  constraints: (source, deviceId) => ({
    video: {
      ...(deviceId ? { deviceId: { exact: deviceId } } : {}),
      width: { ideal: source.width },
      height: { ideal: source.height },
      frameRate: { ideal: source.frameRate },
    },
  }),
  sameCapture: (before, after) =>
    before.deviceId === after.deviceId && before.deviceLabel === after.deviceLabel &&
    before.width === after.width && before.height === after.height && before.frameRate === after.frameRate,
  use(source, stream, context) {
    const track = stream.getVideoTracks()[0]
    if (track) context.pictures.feed(source.id, track)
  },
  drop: (source, context) => context.pictures.away(source.id),
}

export const startCamera = (source: SourceOf<'camera'>, context: SourceContext): SourceRunner => startDevice(source, camera, context)
