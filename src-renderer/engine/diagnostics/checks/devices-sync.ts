import { diagnostic, type FindingOf, type Performing } from '@shared/diagnostics/diagnostic.ts'
import { BEEP_HZ, flashAndBeep, PERIOD_MS } from '../measure/flash-and-beep.ts'
import { judgeSync, MIN_EVENTS } from '../measure/judge-sync.ts'
import { meanLuma } from '../measure/luma.ts'
import { AS_IT_IS } from '../measure/open-device.ts'
import { openSpeaker } from '../measure/play-sound.ts'
import { chunkOf, LumaEye, readTrack } from '../measure/read-track.ts'
import { beepsIn, flashesIn, type Reading } from '../measure/sync-events.ts'
import { ToneCourse } from '../measure/tone-course.ts'
import { withDevice } from '../measure/with-device.ts'
import { chosenId, DEVICE_SLACK_MS, type DeviceCheckParts } from './device-kinds.ts'
import { cannotPlay } from './speaker-tone.ts'

/** Half as many again as are needed, and one that the devices' waking up may swallow. A minute and more for a drift that can be trusted. */
const USUAL_SECONDS = Math.ceil((1.5 * MIN_EVENTS * PERIOD_MS) / 1000) + 1
const MAX_SECONDS = 120
const TELL_EVERY_MS = 500
/** The arrival of the first frames says when a frame's own time was. */
const ANCHOR_MS = 3000

/**
 * Whether picture and sound of this room, through camera and microphone, arrive together: the window flashes and beeps, both are found
 * again. What is measured holds the delays of screen and loudspeaker too, as far as the system does not tell them.
 */
export const devicesSync = ({ media, aids }: DeviceCheckParts) =>
  diagnostic({
    name: 'devices.sync',
    group: 'camera',
    uses: 'camera',
    timeoutMs: 2 * DEVICE_SLACK_MS + MAX_SECONDS * 1000,
    async perform(given): Promise<FindingOf<'devices.sync'>> {
      const show = aids.flashScreen
      if (!show) return { status: 'skipped', code: 'no-screen' }
      const camera = { kind: 'videoinput', deviceId: chosenId('camera', given.options) } as const
      const microphone = { kind: 'audioinput', deviceId: chosenId('microphone', given.options), constraints: AS_IT_IS } as const
      return withDevice(media, camera, given, async (picture, signal) => {
        const found = await withDevice(media, microphone, { ...given, signal }, (sound, both) => flashAndLook(picture, sound, show, { ...given, signal: both }))
        // Why a microphone does not open is its own check's business.
        return isOfMicrophone(found.code) ? { status: 'fail', code: 'no-microphone', evidence: `${found.code} ${found.evidence ?? ''}`, actions: ['again'] } : (found as FindingOf<'devices.sync'>)
      })
    },
  })

const isOfMicrophone = (code: string): boolean => ['denied', 'denied-by-system', 'busy', 'missing', 'chosen-missing', 'unplugged'].includes(code)

async function flashAndLook(picture: MediaStreamTrack, sound: MediaStreamTrack, show: (bright: boolean) => void, given: Performing): Promise<FindingOf<'devices.sync'>> {
  const context = await openSpeaker(chosenId('speaker', given.options), given).catch((thrown: unknown) => cannotPlay(thrown))
  if (!(context instanceof AudioContext)) return { status: 'fail', code: 'no-beeps', params: { beeps: 0, flashes: 0 }, evidence: `${context.code} ${context.evidence ?? ''}`, actions: ['again'] }
  const stop = flashAndBeep(context, show, given.clock)
  try {
    const forMs = 1000 * Math.min(MAX_SECONDS, Math.max(MIN_EVENTS + 2, given.options.seconds ?? USUAL_SECONDS))
    const eye = new LumaEye(16, 9)
    const lumas: Reading[] = []
    const tones = new ToneCourse(BEEP_HZ)
    let [fromMs, firstMs, toldMs] = [Infinity, NaN, -Infinity]
    const looking = readTrack('video', picture, { ...given, forMs }, (frame, arrivedMs) => {
      const stampMs = frame.timestamp / 1000
      if (Number.isNaN(firstMs)) firstMs = arrivedMs
      if (arrivedMs - firstMs < ANCHOR_MS) fromMs = Math.min(fromMs, arrivedMs - stampMs)
      lumas.push({ atMs: stampMs, value: meanLuma(eye.look(frame)) })
      if (arrivedMs - toldMs < TELL_EVERY_MS) return
      toldMs = arrivedMs
      given.progress((arrivedMs - firstMs) / forMs, { flashes: flashesIn(lumas).length, luma: Math.round(lumas.at(-1)!.value) })
    })
    const listening = readTrack('audio', sound, { ...given, forMs }, (data, arrivedMs) => tones.add(chunkOf(data, arrivedMs)))
    await Promise.all([looking, listening])
    return judgeSync(flashesIn(lumas.map(({ atMs, value }) => ({ atMs: atMs + fromMs, value }))), beepsIn(tones.readings()))
  } finally {
    stop()
    await context.close()
  }
}
