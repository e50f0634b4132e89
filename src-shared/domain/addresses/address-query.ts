import { PLATFORMS } from './platforms.ts'

const IS_URL = /^\s*[a-z][a-z0-9+.-]*:\/\//i

/** An address up to its query, and the query with its `?`: some services put a signature or a token there. A folder has none. */
export function partedAddress(address: string): { place: string; query: string } {
  const at = IS_URL.test(address) ? address.indexOf('?') : -1
  return at < 0 ? { place: address, query: '' } : { place: address.slice(0, at), query: address.slice(at) }
}

/** The same, but a query that a platform gives everybody (YouTube's `?backup=1`) is no secret and stays where it is. */
export const partedSecret = (address: string): { place: string; query: string } => (PUBLISHED.has(address.trim()) ? { place: address, query: '' } : partedAddress(address))

const PUBLISHED: ReadonlySet<string> = new Set(Object.values(PLATFORMS).flatMap(({ servers }) => servers.map(({ address }) => address)))

/**
 * The whole address again, from what a form knows of it. `typed` undefined = the query was not touched: the kept one goes with the
 * place that it was kept for, and never to another. An address that has a `?` of its own says all by itself; a bare `?` = none.
 */
export function wholeAddress(address: string, typed: string | undefined, kept: string | null): string {
  const { place, query } = partedAddress(address.trim())
  if (address.includes('?') && IS_URL.test(address)) return query === '?' ? place : place + query
  if (typed !== undefined) return typed.trim().replace(/^\?/, '') === '' || !IS_URL.test(place) ? place : `${place}?${typed.trim().replace(/^\?/, '')}`
  const before = partedSecret(kept ?? '')
  return before.place === place ? place + before.query : place
}
