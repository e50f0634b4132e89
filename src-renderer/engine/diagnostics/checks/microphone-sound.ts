import { diagnostic, type FindingOf, type Performing } from '@shared/diagnostics/diagnostic.ts'
import { judgeLevel, judgeNoise, judgeRate } from '../measure/judge-sound.ts'
import { AS_IT_IS } from '../measure/open-device.ts'
import { readTrack } from '../measure/read-track.ts'
import { withDevice } from '../measure/with-device.ts'
import { chosenId, DEVICE_SLACK_MS, type DeviceCheckParts } from './device-kinds.ts'
import { listen } from './listen.ts'

/** Twilio and webrtc/testrtc judge three to five seconds of speech. */
const SPEAK_SECONDS = 5
/** Two quiet seconds are found in four even when a door falls shut. */
const QUIET_SECONDS = 4
const MAX_SECONDS = 60

/** A microphone as it is, without the page's processing, in a measurement that begins anew when it was taken out and came back. */
const withMicrophone = <N extends 'microphone.level' | 'microphone.noise' | 'microphone.rate'>(
  name: N, { media }: DeviceCheckParts, measure: (track: MediaStreamTrack, given: Performing) => Promise<FindingOf<N>>,
) =>
  diagnostic<N>({
    name,
    group: 'microphone',
    uses: 'microphone',
    timeoutMs: DEVICE_SLACK_MS + MAX_SECONDS * 1000,
    perform: (given) =>
      withDevice(media, { kind: 'audioinput', deviceId: chosenId('microphone', given.options), constraints: AS_IT_IS }, given, (track, signal) => measure(track, { ...given, signal })) as Promise<FindingOf<N>>,
  })

const secondsOf = ({ options }: Performing, usual: number): number => Math.min(MAX_SECONDS, options.seconds ?? usual)

/** "Please speak now." */
export const microphoneLevel = (parts: DeviceCheckParts) =>
  withMicrophone('microphone.level', parts, async (track, given) => {
    const facts = await listen(track, given, secondsOf(given, SPEAK_SECONDS))
    return judgeLevel(facts, track.muted)
  })

/** "Please be quiet now." */
export const microphoneNoise = (parts: DeviceCheckParts) => withMicrophone('microphone.noise', parts, async (track, given) => judgeNoise(await listen(track, given, secondsOf(given, QUIET_SECONDS))))

const RATE_LISTEN_MS = 500

export const microphoneRate = (parts: DeviceCheckParts) =>
  withMicrophone('microphone.rate', parts, async (track, given) => {
    let heardHz = 0
    await readTrack('audio', track, { ...given, forMs: RATE_LISTEN_MS }, (sound) => { heardHz = sound.sampleRate })
    // Asked for nothing, a context runs at the rate of the system's output.
    const context = new AudioContext()
    const contextHz = context.sampleRate
    await context.close()
    return judgeRate({ deviceHz: track.getSettings().sampleRate ?? heardHz, contextHz })
  })
