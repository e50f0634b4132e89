/** Without these there is no studio. */
export const MANDATORY = ['user-media', 'web-rtc', 'web-codecs', 'web-gl-2', 'audio-worklet', 'track-processor', 'offscreen-canvas', 'web-socket'] as const
/** Something is missing without these, or is done in another way. */
export const OPTIONAL = ['screen-capture', 'canvas-capture', 'video-capture', 'replace-track', 'apply-constraints', 'track-generator', 'sink-choice', 'web-gpu', 'web-transport', 'media-recorder', 'media-source', 'shared-memory'] as const
export type Ability = (typeof MANDATORY)[number] | (typeof OPTIONAL)[number]
export type Abilities = Readonly<Record<Ability, boolean>>

/** What the window can do, by whether it is there at all. */
export function readAbilities(): Abilities {
  const has = (name: string, on: object = globalThis): boolean => name in on
  const media: object = navigator.mediaDevices ?? {}
  const method = (type: string, name: string): boolean => {
    const owner = (globalThis as Record<string, unknown>)[type]
    return typeof owner === 'function' && typeof owner.prototype === 'object' && owner.prototype !== null && name in owner.prototype
  }
  return {
    'user-media': has('getUserMedia', media),
    'web-rtc': has('RTCPeerConnection'),
    'web-codecs': has('VideoEncoder') && has('VideoFrame') && has('AudioData'),
    'web-gl-2': has('WebGL2RenderingContext'),
    'audio-worklet': has('AudioWorkletNode'),
    'track-processor': has('MediaStreamTrackProcessor'),
    'offscreen-canvas': has('OffscreenCanvas'),
    'web-socket': has('WebSocket'),
    'screen-capture': has('getDisplayMedia', media),
    'canvas-capture': method('HTMLCanvasElement', 'captureStream'),
    'video-capture': method('HTMLMediaElement', 'captureStream'),
    'replace-track': method('RTCRtpSender', 'replaceTrack'),
    'apply-constraints': method('MediaStreamTrack', 'applyConstraints'),
    'track-generator': has('MediaStreamTrackGenerator'),
    'sink-choice': method('AudioContext', 'setSinkId'),
    'web-gpu': has('gpu', navigator),
    'web-transport': has('WebTransport'),
    'media-recorder': has('MediaRecorder'),
    'media-source': has('MediaSource'),
    'shared-memory': globalThis.crossOriginIsolated,
  }
}
