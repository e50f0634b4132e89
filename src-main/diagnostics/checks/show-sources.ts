import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { Show } from '@shared/domain/show.ts'
import type { SourceCondition } from '@shared/domain/source.ts'
import { carriedNow, isStarting, onceStarted, type SourceNow } from './show-carried.ts'
import { namesOf, SHOW_CHECK_MS, type ShowCheckParts } from './show-check-parts.ts'

/** ms without a change: a real camera's noise changes with every frame (as the watchdogs while live have it). */
const STILL_MS = 3000
/** ms of black: of a camera a lens cap, not a cut; a screen may well show a dark page for a moment. */
const BLACK_MS = { camera: 2000, screen: 5000 } as const

type Found = FindingOf<'show.sources'>
type Code = Found['code']

const OFF = { denied: 'denied', busy: 'busy', missing: 'missing', ended: 'off', failed: 'off', held: 'off' } as const satisfies Partial<Record<SourceCondition, Code>>
/** The worst first; the first that anything is decides. */
const ORDER: readonly [code: Code, status: 'warn' | 'fail'][] = [
  ['denied', 'fail'], ['busy', 'fail'], ['missing', 'fail'], ['off', 'fail'], ['frozen', 'fail'], ['black', 'warn'], ['stand-in', 'warn'], ['starting', 'warn'],
]

/** Whether everything that viewers are to see is there and moves. Evidence: what the devices said. */
export const showSources = (parts: Pick<ShowCheckParts, 'show' | 'sources' | 'targets'>) =>
  diagnostic({
    name: 'show.sources',
    group: 'show',
    uses: 'nothing',
    timeoutMs: SHOW_CHECK_MS,
    async perform(given) {
      await onceStarted(() => carriedNow(parts.show(), parts).pictures, given)
      return judgePictures(parts.show(), carriedNow(parts.show(), parts).pictures)
    },
  })

export function judgePictures(show: Pick<Show, 'media'>, pictures: readonly SourceNow[]): Found {
  if (show.media === 'sound') return { status: 'skipped', code: 'sound-only' }
  if (pictures.length === 0) return { status: 'warn', code: 'empty', actions: ['again'] }
  const codes = new Map(pictures.map((each) => [each, codeOf(each)]))
  for (const [code, status] of ORDER) {
    const such = pictures.filter((each) => codes.get(each) === code)
    const [first] = such
    if (!first) continue
    const evidence = such.map((each) => each.status?.evidence ?? '').filter((each) => each !== '').join('; ')
    return {
      status, code, params: { names: namesOf(such.map(({ source }) => source)) },
      ...(code === 'starting' ? { actions: ['again'] } : { actions: ['go-to-source'], about: first.source.id }),
      ...(evidence !== '' && { evidence }),
    }
  }
  return { status: 'pass', code: 'good', params: { n: pictures.length } }
}

function codeOf(now: SourceNow): Code | null {
  const { source, status } = now
  if (isStarting(now)) return 'starting'
  if (!status) return null
  const { condition, vitals, standIn } = status
  if (condition !== 'active') return condition === 'starting' ? 'starting' : OFF[condition]
  if (source.kind === 'camera' && (vitals?.picture?.stillForMs ?? 0) >= STILL_MS) return 'frozen'
  if ((source.kind === 'camera' || source.kind === 'screen') && (vitals?.picture?.blackForMs ?? 0) >= BLACK_MS[source.kind]) return 'black'
  return standIn ? 'stand-in' : null
}
