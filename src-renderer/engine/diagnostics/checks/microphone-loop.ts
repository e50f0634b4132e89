import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import { round } from '../measure/figures.ts'
import { DIGITAL_SILENCE } from '../measure/sound-facts.ts'
import { withDevice } from '../measure/with-device.ts'
import { chosenId, DEVICE_SLACK_MS, type DeviceCheckParts } from './device-kinds.ts'
import { listen } from './listen.ts'

const RECORD_SECONDS = 5
const MAX_SECONDS = 30

/** Records the voice and keeps it for the window to play (`CheckAids.lastRecording`). Whether it sounds well is answered by the user. */
export const microphoneLoop = ({ media, aids }: DeviceCheckParts) =>
  diagnostic({
    name: 'microphone.loop',
    group: 'microphone',
    uses: 'microphone',
    timeoutMs: DEVICE_SLACK_MS + MAX_SECONDS * 1000,
    perform(given) {
      aids.keepRecording(null)
      // As in a show, with what the page does to voices: the user shall hear what viewers hear.
      return withDevice(media, { kind: 'audioinput', deviceId: chosenId('microphone', given.options) }, given, async (track, signal, stream) => {
        const recorder = new MediaRecorder(stream)
        const parts: Blob[] = []
        recorder.addEventListener('dataavailable', ({ data }) => parts.push(data))
        const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
        recorder.start()
        try {
          const facts = await listen(track, { ...given, signal }, Math.min(MAX_SECONDS, given.options.seconds ?? RECORD_SECONDS))
          recorder.stop()
          await stopped
          const seconds = round(facts.seconds, 1)
          const data = { seconds, dbfs: round(Math.max(-100, ...facts.levelsDbfs), 1) }
          if (facts.channelPeaks.every((peak) => peak <= DIGITAL_SILENCE)) return { status: 'fail', code: 'silent', data, actions: ['unmute', 'choose-device', 'again'] } as const
          aids.keepRecording({ blob: new Blob(parts, { type: recorder.mimeType }), durationMs: Math.round(facts.seconds * 1000), label: track.label })
          return { status: 'skipped', code: 'recorded', params: { seconds }, data } as const
        } finally {
          if (recorder.state !== 'inactive') recorder.stop()
        }
      })
    },
  })
