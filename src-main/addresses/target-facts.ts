import type { DestinationFacts, TokenFacts } from '@shared/contracts/addresses.ts'
import { expiryIn } from '@shared/domain/addresses/push-signature.ts'
import { missingRights, ROOM_RIGHTS, type RoomRight } from '@shared/domain/addresses/room-rights.ts'
import type { CarriedSources } from '@shared/domain/carried-sources.ts'
import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Secret } from '../base/secret.ts'
import { readToken } from './room-token.ts'

/** A destination with its key, as these facts need it. */
export interface FactsTarget {
  destination: Destination
  key: Secret
  /** Where fresh tokens come from, as JSON. */
  tokenSource?: Secret
}

/** What a destination's address and key say about themselves: until when, and what they allow of what is sent to it. */
export function factsOf({ destination, key }: FactsTarget, carried: CarriedSources): DestinationFacts {
  const tokens = tokensIn({ destination, key })
  // The one that limits says the most.
  const token = tokens.find(({ rights }) => rights !== null) ?? tokens[0] ?? null
  const missing = token?.rights ? missingRights(carried, token.rights) : []
  return { destinationId: destination.id, expiresAtMs: expiryOf({ destination, key }), token, missing }
}

/** The first moment at which the key or something in the address runs out, ms since 1970; null when they do not say. */
export function expiryOf(target: Pick<FactsTarget, 'destination' | 'key'>): number | null {
  const ends = [...tokensIn(target).map(({ expiresAtMs }) => expiresAtMs), ...textsOf(target).map(expiryIn)].filter((each) => each !== null)
  return ends.length > 0 ? Math.min(...ends) : null
}

const textsOf = ({ destination, key }: Pick<FactsTarget, 'destination' | 'key'>): string[] => [key.reveal(), destination.address]

const tokensIn = (target: Pick<FactsTarget, 'destination' | 'key'>): TokenFacts[] =>
  textsOf(target).flatMap(partsOf).map(readToken).filter((each): each is TokenFacts => each !== null)

/** The whole, and every value in its query: a token may be either. */
function partsOf(text: string): string[] {
  const values = text.includes('?') ? text.slice(text.indexOf('?') + 1).split('&').map((pair) => pair.slice(pair.indexOf('=') + 1)) : []
  return [text, ...values].filter((part) => part.length >= 20)
}

/** Refuses what the server would refuse: `token-expired`, or `right-missing` with the rights in question. */
export function refuseUnusable(facts: DestinationFacts, nowMs: number): void {
  if (facts.expiresAtMs !== null && facts.expiresAtMs <= nowMs) throw new StudioError('token-expired', `ran out at ${clockTime(facts.expiresAtMs)}`)
  if (facts.missing.length > 0) throw new StudioError('right-missing', rightsText(facts.missing))
}

const RIGHT_WORDS: Partial<Record<RoomRight, string>> = { sendAudio: 'send audio', sendVideo: 'send video', sendScreen: 'send screen' }
const rightText = (right: RoomRight): string => `${RIGHT_WORDS[right] ?? right} (${ROOM_RIGHTS[right]})`

/** `send screen (16)`, of each. */
export const rightsText = (missing: readonly RoomRight[]): string => missing.map(rightText).join(', ')

/** `2026-11-20 21:04`, in this computer's time. */
export function clockTime(atMs: number): string {
  const at = new Date(atMs)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}
