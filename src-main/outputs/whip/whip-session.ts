import type { IceServer } from '@shared/contracts/whip.ts'
import { secretsOfToken } from '@shared/domain/addresses/http-authorization.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { Logger } from '../../base/logger.ts'
import type { Secret } from '../../base/secret.ts'
import type { TlsTrust } from '../tls-trust.ts'
import { checkAnswer } from './answer-check.ts'
import { headerOf, type HttpAnswer, httpExchange, type HttpLimits, type HttpRequest, withinOne } from './http-request.ts'
import { locationOf, losesEncryption, sendFollowing } from './http-redirects.ts'
import { iceServersOf } from './link-header.ts'
import { patchAgainMs, patchOutcome } from './patch-outcome.ts'
import { type IceDescription, iceDescriptionOf, sdpFragment } from './sdp-fragment.ts'
import { type SendFragment, Trickle } from './trickle.ts'
import { secretsOf } from './whip-endpoint.ts'
import { refusalOf } from './whip-reasons.ts'

export interface WhipSessionParts {
  endpoint: URL
  token: Secret
  /** Lets the token go to other origins, where redirects or the session's address lead. */
  tokenFollowsRedirects: boolean
  trust: TlsTrust
  clock: Clock
  log: Logger
  http: HttpLimits
  /** The server's ICE session is another one than the page's: it should restart. */
  onOutOfStep(): void
}

const SDP = 'application/sdp'
const FRAGMENT = 'application/trickle-ice-sdpfrag'
/** A server that is busy is asked again for a restart, as often as this in all. */
const RESTART_TRIES = 3

/** The HTTP side of one session with a WHIP server (RFC 9725): opened once, restarted perhaps, and always ended. */
export class WhipSession {
  readonly #over = new AbortController()
  readonly #trickle: Trickle
  #opening: Promise<unknown> = Promise.resolve()
  #url: URL | null = null
  /** As the server wrote it, quoted or not; null when it gave none. */
  #etag: string | null = null
  #ice: IceDescription | null = null
  #restarts = 0
  #toldWithheld = false

  constructor(private readonly parts: WhipSessionParts) {
    this.#trickle = new Trickle({
      send: this.#sendFragment,
      clock: parts.clock,
      signal: this.#over.signal,
      onStale: () => parts.onOutOfStep(),
    })
  }

  /** Offers. Rejects with the StudioError for which there is no session. Once. */
  open(offerSdp: string): Promise<{ answerSdp: string; iceServers: IceServer[] }> {
    const opening = this.#open(offerSdp)
    this.#opening = opening.catch(() => {})
    return opening
  }

  /** `candidate` null = there are no more of this user fragment. */
  candidate(usernameFragment: string, candidate: string | null): void {
    if (!this.#over.signal.aborted) this.#trickle.add(usernameFragment, candidate)
  }

  /**
   * Restarts ICE: the server's side of it as a fragment, or null when the server does not.
   * Rejects with `ended` when a later restart has taken this one's place: its answer must not be applied.
   */
  async restart(offerSdp: string): Promise<string | null> {
    const ice = iceDescriptionOf(offerSdp)
    if (!ice) throw new StudioError('input-invalid', 'the offer has no ICE credentials')
    if (!this.#url) return null
    const restart = ++this.#restarts
    this.#trickle.hold()
    const answer = await this.#askRestart(this.#url, ice, () => restart === this.#restarts)
    if (restart !== this.#restarts) throw new StudioError('ended', 'a later restart has taken its place')
    if (answer instanceof StudioError || answer.status !== 200 || !iceOfFragment(answer.body)) {
      this.parts.log.info('the server does not restart ICE', answer instanceof StudioError ? { reason: answer.reason } : { status: answer.status })
      if (this.#ice) this.#trickle.begin(this.#ice)
      return null
    }
    this.#etag = headerOf(answer, 'etag')
    this.#ice = ice
    this.#trickle.begin(ice)
    return answer.body
  }

  /** Tells the server that it is over, for `limitMs` at most. Never rejects. */
  async close(limitMs: number): Promise<void> {
    if (this.#over.signal.aborted) return
    this.#trickle.stop()
    const inTime = new AbortController()
    void this.parts.clock.sleep(limitMs, inTime.signal).then(() => this.#over.abort(new StudioError('ended')), () => {})
    try {
      // An answer that is under way names the session that must be ended.
      await this.#opening
      if (this.#url) await this.#send('DELETE', this.#url, {}, '')
    } catch {
      // A server that does not hear it finds out by itself: no consent comes any more (RFC 7675).
    } finally {
      inTime.abort()
      this.#over.abort(new StudioError('ended'))
    }
  }

  async #open(offerSdp: string): Promise<{ answerSdp: string; iceServers: IceServer[] }> {
    const { endpoint, token, clock, log } = this.parts
    const answer = await this.#send('POST', endpoint, { 'Content-Type': SDP, Accept: `${SDP}, application/problem+json` }, offerSdp)
    if (answer.status !== 201) throw refusalOf(answer, [...secretsOfToken(token.reveal()), ...secretsOf(endpoint), ...secretsOf(answer.url)], clock.now())
    const url = locationOf(answer)
    if (!url) throw new StudioError('protocol-error', 'the server did not say where the session is (no Location)')
    if (losesEncryption(answer.url, url)) throw new StudioError('redirect-refused', 'the endpoint is https, but the session would be http')
    this.#url = url
    this.#etag = headerOf(answer, 'etag')
    checkAnswer(offerSdp, answer.body)
    log.info('WHIP session opened', { host: url.host, redirected: answer.url.href !== endpoint.href, etag: this.#etag !== null })
    this.#ice = iceDescriptionOf(offerSdp)
    if (this.#ice) this.#trickle.begin(this.#ice)
    return { answerSdp: answer.body, iceServers: iceServersOf(answer.headers.get('link') ?? []) }
  }

  /** A server that is busy or failed for a moment is asked again when it says, as long as no later restart takes this one's place. */
  async #askRestart(url: URL, ice: IceDescription, isLatest: () => boolean): Promise<HttpAnswer | StudioError> {
    const { clock } = this.parts
    for (let tries = 1; ; tries++) {
      const answer = await this.#send('PATCH', url, { 'Content-Type': FRAGMENT, 'If-Match': '*' }, sdpFragment(ice, ice.candidates, ice.endOfCandidates)).catch((failure: unknown) =>
        StudioError.from(failure),
      )
      if (answer instanceof StudioError || patchOutcome(answer.status) !== 'later' || tries >= RESTART_TRIES || !isLatest()) return answer
      const ended = await clock.sleep(patchAgainMs(answer, clock.now()), this.#over.signal).then(() => false, () => true)
      if (ended || !isLatest()) return answer
    }
  }

  readonly #sendFragment: SendFragment = async (body) => {
    const { clock, log } = this.parts
    if (!this.#url) return { outcome: 'refused', againMs: 0 }
    try {
      const answer = await this.#send('PATCH', this.#url, { 'Content-Type': FRAGMENT, ...(this.#etag === null ? {} : { 'If-Match': this.#etag }) }, body)
      const outcome = patchOutcome(answer.status)
      if (outcome !== 'taken') log.info('the server did not take candidates', { status: answer.status })
      return { outcome, againMs: patchAgainMs(answer, clock.now()) }
    } catch {
      return { outcome: 'later', againMs: patchAgainMs(null, clock.now()) }
    }
  }

  #send(method: HttpRequest['method'], url: URL, headers: Record<string, string>, body: string): Promise<HttpAnswer> {
    const { endpoint, token, tokenFollowsRedirects, trust, clock, http } = this.parts
    const limits = withinOne(http, clock)
    return sendFollowing(
      { method, url, headers, body },
      { token, origin: endpoint.origin, followsRedirects: tokenFollowsRedirects, onWithheld: (host) => this.#tellWithheld(host) },
      (request) => httpExchange(request, trust, clock, this.#over.signal, limits()),
    )
  }

  #tellWithheld(host: string): void {
    if (this.#toldWithheld) return
    this.#toldWithheld = true
    this.parts.log.info('the token is not given to another origin', { host })
  }
}

const iceOfFragment = (body: string): boolean => /^a=ice-ufrag:./m.test(body) && /^a=ice-pwd:./m.test(body)
