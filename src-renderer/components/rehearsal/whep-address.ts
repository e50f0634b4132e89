import type { DestinationView } from '@shared/domain/destination.ts'

/**
 * Where a server that takes WHIP at this address most likely plays it: most name the two alike (`…/whip` and `…/whep`).
 * Null where the address does not have that name in it.
 */
export function guessedWhepAddress(whipAddress: string): string | null {
  const at = whipAddress.toLowerCase().lastIndexOf('whip')
  const path = whipAddress.indexOf('/', whipAddress.indexOf('://') + 3)
  return at > path && path > 0 ? `${whipAddress.slice(0, at)}whep${whipAddress.slice(at + 4)}` : null
}

/** WHIP destinations whose playback address can be guessed. */
export const playableDestinations = (list: readonly DestinationView[]): { id: string; name: string; address: string }[] =>
  list.flatMap(({ id, kind, name, address }) => {
    const guessed = kind === 'whip' ? guessedWhepAddress(address) : null
    return guessed === null ? [] : [{ id, name: name || address, address: guessed }]
  })
