import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import { mixOf } from '@shared/domain/mix.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Source } from '@shared/domain/source.ts'
import { carriedNow, isStarting, onceStarted, type SourceNow } from './show-carried.ts'
import { namesOf, SHOW_CHECK_MS, type ShowCheckParts } from './show-check-parts.ts'

/** ms of digital silence: nobody pauses so completely, and a quiet room is not silent. */
const SILENT_MS = 3000
/** ms at full scale: a shout is over sooner. */
const CLIPPING_MS = 2000

type Found = FindingOf<'show.sound'>

/** Whether viewers hear what they are to hear. A show without sound, or without a microphone, is meant so. */
export const showSound = (parts: Pick<ShowCheckParts, 'show' | 'sources' | 'targets'>) =>
  diagnostic({
    name: 'show.sound',
    group: 'show',
    uses: 'nothing',
    timeoutMs: SHOW_CHECK_MS,
    async perform(given) {
      await onceStarted(() => carriedNow(parts.show(), parts).sounds, given)
      return judgeSounds(parts.show(), carriedNow(parts.show(), parts).sounds)
    },
  })

/** `heard`: what is neither muted nor left out of the mix. */
export function judgeSounds(show: Show, heard: readonly SourceNow[]): Found {
  if (show.media === 'picture') return { status: 'skipped', code: 'without-sound' }
  const { mixed } = mixOf(show)
  const meant = show.sources.filter(({ id }) => mixed.includes(id))
  if (meant.length === 0) return { status: 'skipped', code: 'no-source' }
  const microphones = heard.filter(({ source }) => source.kind === 'microphone')
  const muted = meant.filter(({ id }) => !heard.some(({ source }) => source.id === id))
  const mutedMicrophones = muted.filter(({ kind }) => kind === 'microphone')
  if (heard.length === 0) return unmute('fail', 'all-muted', mutedMicrophones.length > 0 ? mutedMicrophones : muted)
  if (microphones.length === 0 && mutedMicrophones.length > 0) return unmute('warn', 'microphone-muted', mutedMicrophones)

  const off = microphones.filter(({ status }) => status !== null && status.condition !== 'active' && status.condition !== 'starting')
  if (off.length > 0) return aboutSources('fail', 'off', off)
  const silent = microphones.filter(({ status }) => (status?.vitals?.sound?.silentForMs ?? 0) >= SILENT_MS)
  if (silent.length > 0) return aboutSources(silent.length === heard.length ? 'fail' : 'warn', 'silent', silent)
  const clipping = microphones.filter(({ status }) => (status?.vitals?.sound?.clippingForMs ?? 0) >= CLIPPING_MS)
  if (clipping.length > 0) return aboutSources('warn', 'clipping', clipping)
  const starting = microphones.filter(isStarting)
  if (starting.length > 0) return { ...aboutSources('warn', 'starting', starting), actions: ['again'] }
  return { status: 'pass', code: 'good', params: { names: namesOf(heard.map(({ source }) => source)) } }
}

const unmute = (status: 'warn' | 'fail', code: Found['code'], muted: readonly Source[]): Found => ({
  status, code, params: { names: namesOf(muted) }, actions: ['unmute'], ...(muted[0] && { about: muted[0].id }),
})

function aboutSources(status: 'warn' | 'fail', code: Found['code'], such: readonly SourceNow[]): Found {
  const evidence = such.map((each) => each.status?.evidence ?? '').filter((each) => each !== '').join('; ')
  return { status, code, params: { names: namesOf(such.map(({ source }) => source)) }, actions: ['go-to-source'], ...(such[0] && { about: such[0].source.id }), ...(evidence !== '' && { evidence }) }
}
