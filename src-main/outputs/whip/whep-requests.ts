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

interface OpenSession {
  address: string
  token: string
  /** As the server wrote it; null when it gave none. */
  etag: string | null
}

/**
 * The HTTP of the WHEP players in one page. A status is passed on as it is, since the player decides: 201 with an answer,
 * 406 with a counter-offer, 409 with a time to wait. Rejects with a StudioError when there is no answer at all.
 * `pageGone` ends the sessions that the page can end no more.
 */
export function whepRequests(clock: Clock, limits: HttpLimits = HTTP_LIMITS): { play: Play; pageGone(): void } {
  const open = new Map<string, OpenSession>()
  let gone = false

  function remember(session: string, { address, token }: { address: string; token: string }, answer: HttpAnswer): void {
    if (session === '') return
    const oldest = open.keys().next().value
    if (open.size >= MAX_SESSIONS && oldest !== undefined) open.delete(oldest)
    open.set(session, { address, token, etag: headerOf(answer, 'etag') ?? open.get(session)?.etag ?? null })
    if (gone) end(session)
  }

  function end(session: string): void {
    const { address = '', token = '' } = open.get(session) ?? {}
    void self.play({ address, token, method: 'DELETE', contentType: '', body: '', session }).catch(() => {})
  }

  const self: { play(input: Parameters<Play>[0]): Promise<Awaited<ReturnType<Play>>>; pageGone(): void } = {
    pageGone() {
      gone = true
      for (const session of open.keys()) end(session)
    },
    async play({ address, token, method, contentType, body, session }) {
      const { url: endpoint, basic } = parseEndpoint(address)
      const url = session === '' ? endpoint : parseEndpoint(session).url
      if (losesEncryption(endpoint, url)) throw new StudioError('redirect-refused', 'the endpoint is https, but the session would be http')
      const etag = method === 'PATCH' && contentType === FRAGMENT ? (open.get(session)?.etag ?? undefined) : undefined
      if (method === 'DELETE') open.delete(session)
      const limitsNow = withinOne(limits, clock)
      const answer = await sendFollowing(
        { method, url, headers: { ...(contentType === '' ? {} : { 'Content-Type': contentType }), ...(etag === undefined ? {} : { 'If-Match': etag }) }, body },
        { token: new Secret(token || basic), origin: endpoint.origin, followsRedirects: false },
        (request) => httpExchange(request, TRUST, clock, new AbortController().signal, limitsNow()),
      )
      const named = method === 'POST' ? (locationOf(answer)?.href ?? '') : session
      if (method !== 'DELETE') remember(named, { address, token }, answer)
      return {
        status: answer.status,
        body: answer.body,
        session: named,
        iceServers: iceServersOf(answer.headers.get('link') ?? []),
        retryAfterMs: retryAfterMs(headerOf(answer, 'retry-after'), clock.now()),
      }
    },
  }
  return self
}
