import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { Encoding } from '@shared/domain/encoding.ts'
import { chooseEncoder, encoderCandidates, type EncoderProbe } from '../../program/encoder-candidates.ts'

export interface ShowEncoderParts {
  encoders: EncoderProbe
  /** What the show is coded as. Rejects with a StudioError. */
  showEncoding(): Promise<Encoding>
}

/** An encoder that needs longer than this for its first picture keeps no beat, ms. Before a show nobody waits longer than 2 s. */
const FIRST_PICTURE_MS = 1500

/** Whether an encoder takes the show's settings: the one that would be used codes one picture. */
export const showEncoder = ({ encoders, showEncoding }: ShowEncoderParts) =>
  diagnostic({
    name: 'show.encoder',
    group: 'show',
    uses: 'nothing',
    timeoutMs: 1900,
    async perform({ clock, signal }): Promise<FindingOf<'show.encoder'>> {
      const ending = new AbortController()
      const onAbort = () => ending.abort(signal.reason)
      signal.addEventListener('abort', onAbort, { once: true })
      try {
        const trying = showEncoding().then((encoding) => chooseEncoder(encoderCandidates(encoding), encoders))
        const late = clock.sleep(FIRST_PICTURE_MS, ending.signal).then(() => null)
        const chosen = await Promise.race([trying, late])
        if (chosen === null) return { status: 'warn', code: 'slow', params: { seconds: FIRST_PICTURE_MS / 1000 }, actions: ['go-to-settings'], about: 'encoding' }
        return judgeEncoder(chosen)
      } finally {
        ending.abort()
        signal.removeEventListener('abort', onAbort)
      }
    },
  })

export function judgeEncoder({ choice, reason }: Awaited<ReturnType<typeof chooseEncoder>>): FindingOf<'show.encoder'> {
  const evidence = reason === '' ? {} : { evidence: reason }
  if (!choice) return { status: 'fail', code: 'none', actions: ['go-to-settings'], about: 'encoding', ...evidence }
  const { name, codec } = choice.candidate
  return { status: 'pass', code: codec === 'vp8' ? 'transcoded' : 'good', params: { name }, ...evidence }
}
