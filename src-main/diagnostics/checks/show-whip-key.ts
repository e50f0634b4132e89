import type { Clock } from '../../base/clock.ts'
import { Secret } from '../../base/secret.ts'
import { sendFollowing } from '../../outputs/whip/http-redirects.ts'
import { HTTP_LIMITS, httpExchange } from '../../outputs/whip/http-request.ts'
import { parseEndpoint } from '../../outputs/whip/whip-endpoint.ts'
import type { Target } from '../../settings/destinations.ts'

/** What is asked is small, and so must be the answer. */
const MAX_BODY_BYTES = 16 * 1024
/** The answers that are about the token (RFC 9110 §15.5.2, §15.5.4); any other says nothing about it. */
const REFUSES = new Set([401, 403])

/**
 * Asks a WHIP endpoint for its options, with the token: nothing begins by that (RFC 9725 §4.2, RFC 9110 §9.3.7). Answers `HTTP 401`
 * or `HTTP 403` where the token is refused, null where it is taken or the server does not say. Rejects when there is no answer.
 */
export async function keyIsRefused({ destination, key }: Pick<Target, 'destination' | 'key'>, { clock, signal, timeoutMs }: { clock: Clock; signal: AbortSignal; timeoutMs: number }): Promise<string | null> {
  const { url, basic } = parseEndpoint(destination.address)
  const token = key.isEmpty ? new Secret(basic) : key
  const { status } = await sendFollowing(
    { method: 'OPTIONS', url, headers: {}, body: '' },
    { token, origin: url.origin, followsRedirects: destination.whip.tokenFollowsRedirects },
    (request) => httpExchange(request, destination, clock, signal, { ...HTTP_LIMITS, timeoutMs, maxBodyBytes: MAX_BODY_BYTES }),
  )
  return REFUSES.has(status) ? `HTTP ${status}` : null
}
