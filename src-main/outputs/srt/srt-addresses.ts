import { lookup } from 'node:dns/promises'
import { isIPv6 } from 'node:net'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'

/** All addresses of a name, in the system's order of preference. */
export type Resolve = (host: string) => Promise<string[]>

const systemResolve: Resolve = async (host) => (await lookup(host, { all: true })).map(({ address }) => address)

export interface ResolveParts {
  clock: Pick<Clock, 'sleep'>
  /** A name server that says nothing is waited for no longer than this. */
  limitMs: number
  signal: AbortSignal
  resolve?: Resolve | undefined
}

/** All addresses of a host, both families by turns, the system's favourite first. Rejects with what the system says, `name-not-resolved` when it says nothing, or the signal's reason. */
export async function addressesOf(host: string, { clock, limitMs, signal, resolve = systemResolve }: ResolveParts): Promise<string[]> {
  const timer = new AbortController()
  const tooLong = clock.sleep(limitMs, AbortSignal.any([signal, timer.signal])).then(() => {
    throw new StudioError('name-not-resolved', `no answer within ${limitMs / 1000} s`)
  })
  try {
    return byTurns(await Promise.race([resolve(host), tooLong]))
  } finally {
    timer.abort()
    tooLong.catch(() => {})
  }
}

/** A family that leads nowhere must not use up the time of the other (RFC 8305 §4). */
function byTurns(addresses: readonly string[]): string[] {
  const firstIsV6 = isIPv6(addresses[0] ?? '')
  const favourites = addresses.filter((each) => isIPv6(each) === firstIsV6)
  const others = addresses.filter((each) => isIPv6(each) !== firstIsV6)
  return Array.from({ length: Math.max(favourites.length, others.length) }, (_, n) => [favourites[n], others[n]]).flat().filter((each) => each !== undefined)
}
