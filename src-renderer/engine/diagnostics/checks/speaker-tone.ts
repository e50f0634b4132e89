import { diagnostic } from '@shared/diagnostics/diagnostic.ts'
import type { Finding } from '@shared/domain/diagnostics.ts'
import { chime } from '../measure/make-sounds.ts'
import { CannotPlay, openSpeaker, type PlayCode, playSound, SOUND_HZ } from '../measure/play-sound.ts'
import { chosenId } from './device-kinds.ts'

/** Plays a chime to the chosen output; `live` has its level (0 to 100 and dBFS). Whether it is heard is answered by the user. */
export const speakerTone = () =>
  diagnostic({
    name: 'speaker.tone',
    group: 'speaker',
    // In the lane of what listens: a chime would be taken for a voice.
    uses: 'microphone',
    timeoutMs: 20_000,
    async perform(given) {
      try {
        const context = await openSpeaker(chosenId('speaker', given.options), given)
        try {
          await playSound(context, chime(SOUND_HZ), given, { onLevel: (share, level) => given.progress(share, level) })
          return { status: 'skipped', code: 'played', data: { sampleRate: context.sampleRate, outputLatencyMs: Math.round(context.outputLatency * 1000) } }
        } finally {
          await context.close()
        }
      } catch (thrown) {
        return cannotPlay(thrown)
      }
    },
  })

/** The finding of a speaker that does not play; what is thrown else goes on. */
export function cannotPlay(thrown: unknown): Omit<Finding, 'code'> & { code: PlayCode } {
  if (!(thrown instanceof CannotPlay)) throw thrown
  const { code, evidence } = thrown
  const status = code === 'blocked' ? 'skipped' : code === 'unsupported' ? 'warn' : 'fail'
  return { status, code, evidence, actions: code === 'chosen-missing' || code === 'stuck' ? ['choose-device', 'again'] : ['again'] }
}
