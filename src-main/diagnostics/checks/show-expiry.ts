import { diagnostic, type FindingOf } from '@shared/diagnostics/diagnostic.ts'
import type { DestinationFacts } from '@shared/contracts/addresses.ts'
import type { Destination } from '@shared/domain/destination.ts'
import { clockTime, rightsText } from '../../addresses/target-facts.ts'
import { SHOW_CHECK_MS, type ShowCheckParts } from './show-check-parts.ts'

/** A show should not lose its destination in its first hour, ms. */
const SOON_MS = 60 * 60_000

type Found = FindingOf<'show.expiry'>

/** Whether addresses and tokens that run out hold for a while, and allow what is sent. */
export const showExpiry = ({ targets, facts, serverNowMs }: Pick<ShowCheckParts, 'targets' | 'facts' | 'serverNowMs'>) =>
  diagnostic({
    name: 'show.expiry',
    group: 'show',
    uses: 'nothing',
    timeoutMs: SHOW_CHECK_MS,
    perform: async () => judgeExpiry(targets().map(({ destination }) => destination), facts(), serverNowMs()),
  })

export function judgeExpiry(destinations: readonly Pick<Destination, 'id' | 'name' | 'kind' | 'enabled'>[], facts: readonly DestinationFacts[], nowMs: number): Found {
  const enabled = destinations.filter((each) => each.enabled)
  const known = facts.flatMap((each) => {
    const destination = enabled.find(({ id }) => id === each.destinationId)
    return destination ? [{ ...each, destination, name: destination.name || destination.kind }] : []
  })
  const about = (destination: Pick<Destination, 'id'>) => ({ actions: ['go-to-destination' as const], about: destination.id })

  const first = known.filter(({ expiresAtMs }) => expiresAtMs !== null).toSorted((a, b) => a.expiresAtMs! - b.expiresAtMs!)[0]
  if (first && first.expiresAtMs! <= nowMs) {
    return { status: 'fail', code: 'over', params: { name: first.name, at: clockTime(first.expiresAtMs!) }, ...about(first.destination) }
  }
  const limited = known.find(({ missing }) => missing.length > 0)
  if (limited) return { status: 'fail', code: 'rights', params: { name: limited.name, rights: rightsText(limited.missing) }, ...about(limited.destination) }
  if (!first) return { status: 'skipped', code: 'none' }
  const minutes = Math.floor((first.expiresAtMs! - nowMs) / 60_000)
  const figures = { value: minutes, unit: 'min', threshold: { warn: SOON_MS / 60_000, fail: 0, worse: 'below' as const } }
  if (first.expiresAtMs! - nowMs < SOON_MS) return { status: 'warn', code: 'soon', params: { name: first.name, minutes }, ...figures, ...about(first.destination) }
  return { status: 'pass', code: 'good', params: { at: clockTime(first.expiresAtMs!) }, ...figures }
}
