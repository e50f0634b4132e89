import { diagnostic, type Performing } from '@shared/diagnostics/diagnostic.ts'
import { judgeLoopback, type LoopHeard } from '../measure/judge-loopback.ts'
import { sweep } from '../measure/make-sounds.ts'
import { AS_IT_IS } from '../measure/open-device.ts'
import { openSpeaker, playSound, SOUND_HZ } from '../measure/play-sound.ts'
import { chunkOf, readTrack } from '../measure/read-track.ts'
import { withDevice } from '../measure/with-device.ts'
import { chosenId, DEVICE_SLACK_MS, type DeviceCheckParts } from './device-kinds.ts'
import { cannotPlay } from './speaker-tone.ts'

/** Before the sweep, for the level of the room; after it, for the slowest wireless speakers (about 300 ms). */
const BEFORE_MS = 600
const LISTEN_MS = 2200

/** Plays a sweep and looks for it in the microphone: that speaker and microphone work together, how late, how loud. */
export const speakerLoopback = ({ media }: DeviceCheckParts) =>
  diagnostic({
    name: 'speaker.loopback',
    group: 'speaker',
    uses: 'microphone',
    timeoutMs: DEVICE_SLACK_MS + 20_000,
    perform: (given) =>
      withDevice(media, { kind: 'audioinput', deviceId: chosenId('microphone', given.options), constraints: AS_IT_IS }, given, async (track, signal) => {
        try {
          const context = await openSpeaker(chosenId('speaker', given.options), { ...given, signal })
          try {
            return judgeLoopback(await playAndListen(track, context, { ...given, signal }))
          } finally {
            await context.close()
          }
        } catch (thrown) {
          return cannotPlay(thrown)
        }
      }),
  })

async function playAndListen(track: MediaStreamTrack, context: AudioContext, given: Performing): Promise<LoopHeard> {
  const wanted = sweep(SOUND_HZ)
  let heard = new Float32Array(0)
  let [filled, sampleRate, heardFromMs, playedAtMs] = [0, SOUND_HZ, Infinity, NaN]
  const listening = readTrack('audio', track, { ...given, forMs: LISTEN_MS }, (sound, arrivedMs) => {
    const { channels, sampleRate: rate } = chunkOf(sound, arrivedMs)
    if (filled === 0) heard = new Float32Array(Math.ceil((rate * (LISTEN_MS + 500)) / 1000))
    sampleRate = rate
    const samples = (channels[0] ?? new Float32Array(0)).subarray(0, heard.length - filled)
    heard.set(samples, filled)
    filled += samples.length
    // The page is late now and then, never early: the earliest arrival tells when the recording began.
    heardFromMs = Math.min(heardFromMs, arrivedMs - (filled / rate) * 1000)
  })
  const playing = given.clock.sleep(BEFORE_MS, given.signal)
    .then(() => playSound(context, wanted, given, { onLevel: (share, level) => given.progress(share, level), onStart: (atMs) => { playedAtMs = atMs } }))
  await Promise.all([listening, playing])
  // At another rate the same sweep has other samples.
  return { heard: heard.subarray(0, filled), played: sampleRate === SOUND_HZ ? wanted : sweep(sampleRate), sampleRate, heardFromMs, playedAtMs }
}
