import { authorizationOf } from '@shared/domain/addresses/http-authorization.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Secret } from '../../base/secret.ts'
import { headerOf, type HttpAnswer, type HttpRequest } from './http-request.ts'

/** Does one exchange. `bearer` null = without a token. */
export type Send = (request: HttpRequest) => Promise<HttpAnswer>

/** Where a token may go. */
export interface TokenPolicy {
  token: Secret
  /** The origin that the user entered the token for. */
  origin: string
  followsRedirects: boolean
  /** Told when another origin does not get it. */
  onWithheld?(host: string): void
}

const MAX_REDIRECTS = 5
/** These keep method and body (RFC 9110 §15.4.8, §15.4.9); a POST must not become a GET (RFC 9725 §4.5). */
const FOLLOWED = new Set([307, 308])

/**
 * Sends a request where redirects lead it, at most five of them, never from https to http. The token goes only where
 * the policy lets it. Any status but a redirect is an answer.
 * Rejects with StudioError `redirect-refused`, `input-invalid` for a token that no header can carry, besides what `send` rejects with.
 */
export async function sendFollowing(request: HttpRequest, tokens: TokenPolicy, send: Send): Promise<HttpAnswer> {
  let { url } = request
  for (let hops = 0; ; hops++) {
    const answer = await send({ ...request, url, headers: { ...request.headers, ...authorization(url, tokens) } })
    // 304 answers questions that nobody asked here; like every unknown code it counts by its class.
    if (answer.status < 300 || answer.status > 399) return answer
    if (!FOLLOWED.has(answer.status)) throw refused(`a redirect with ${answer.status} would lose what is sent; servers must use 307 or 308`)
    if (hops >= MAX_REDIRECTS) throw refused(`more than ${MAX_REDIRECTS} redirects`)
    url = redirectedTo(answer)
  }
}

/** `Location` of an answer, resolved against where that answer came from; null without one or with one that is no address. */
export function locationOf(answer: HttpAnswer): URL | null {
  const location = headerOf(answer, 'location')
  if (location === null || location.trim() === '') return null
  try {
    const url = new URL(location, answer.url)
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : null
  } catch {
    return null
  }
}

/** True when going there would give up the encryption that there was. */
export const losesEncryption = (from: URL, to: URL): boolean => from.protocol === 'https:' && to.protocol !== 'https:'

function redirectedTo(answer: HttpAnswer): URL {
  const url = locationOf(answer)
  if (!url) throw refused(`a redirect with ${answer.status} to nowhere`)
  if (losesEncryption(answer.url, url)) throw refused('a redirect from https to http')
  return url
}

/** What a header value may consist of (RFC 9110 §5.5). */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** An empty token is none: the header must not be sent then (RFC 9725 §4.7). */
function authorization(url: URL, { token, origin, followsRedirects, onWithheld }: TokenPolicy): Record<string, string> {
  if (token.isEmpty) return {}
  if (url.origin !== origin && !followsRedirects) {
    onWithheld?.(url.host)
    return {}
  }
  if (!HEADER_VALUE.test(token.reveal())) throw new StudioError('input-invalid', 'the token has characters in it that HTTP cannot carry')
  return { Authorization: authorizationOf(token.reveal()) }
}

const refused = (evidence: string): StudioError => new StudioError('redirect-refused', evidence)
