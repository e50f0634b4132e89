import type { whip } from '@shared/contracts/whip.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import { Secret } from '../../base/secret.ts'
import { headerOf, type HttpAnswer, httpExchange, HTTP_LIMITS, type HttpLimits, withinOne } from './http-request.ts'
import { locationOf, losesEncryption, sendFollowing } from './http-redirects.ts'
import { iceServersOf } from './link-header.ts'
import { retryAfterMs } from './retry-after.ts'
import { parseEndpoint } from './whip-endpoint.ts'

type Play = Handlers<typeof whip>['play']

/** A player that forgets to end its sessions must not fill the memory. */
const MAX_SESSIONS = 50
const FRAGMENT = 'application/trickle-ice-sdpfrag'
const TRUST = { certificateAuthority: '', verifyCertificate: true }

/**
 * The HTTP of a WHEP player in the page. A status is passed on as it is, since the player decides: 201 with an answer,
 * 406 with a counter-offer, 409 with a time to wait. Rejects with a StudioError when there is no answer at all.
 */
export function whepRequests(clock: Clock, limits: HttpLimits = HTTP_LIMITS): { play: Play } {
  /** Entity tags by session, as the server wrote them. */
  const etags = new Map<string, string>()

  function remember(session: string, answer: HttpAnswer): void {
    const etag = headerOf(answer, 'etag')
    if (etag === null || session === '') return
    const oldest = etags.keys().next().value
    if (etags.size >= MAX_SESSIONS && oldest !== undefined) etags.delete(oldest)
    etags.set(session, etag)
  }

  return {
    async play({ address, token, method, contentType, body, session }) {
      const { url: endpoint } = parseEndpoint(address)
      const url = session === '' ? endpoint : parseEndpoint(session).url
      if (losesEncryption(endpoint, url)) throw new StudioError('redirect-refused', 'the endpoint is https, but the session would be http')
      const etag = method === 'PATCH' && contentType === FRAGMENT ? etags.get(session) : undefined
      const limitsNow = withinOne(limits, clock)
      const answer = await sendFollowing(
        { method, url, headers: { ...(contentType === '' ? {} : { 'Content-Type': contentType }), ...(etag === undefined ? {} : { 'If-Match': etag }) }, body },
        { token: new Secret(token), origin: endpoint.origin, followsRedirects: false },
        (request) => httpExchange(request, TRUST, clock, new AbortController().signal, limitsNow()),
      )
      const named = method === 'POST' ? (locationOf(answer)?.href ?? '') : session
      if (method === 'DELETE') etags.delete(session)
      else remember(named, answer)
      return {
        status: answer.status,
        body: answer.body,
        session: named,
        iceServers: iceServersOf(answer.headers.get('link') ?? []),
        retryAfterMs: retryAfterMs(headerOf(answer, 'retry-after'), clock.now()),
      }
    },
  }
}
