import type { IceServer, WhipFigures } from '@shared/contracts/whip.ts'
import type { Destination } from '@shared/domain/destination.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures, OutputStage } from '@shared/domain/output.ts'
import type { Logger } from '../../base/logger.ts'
import { Scope } from '../../base/scope.ts'
import type { Secret } from '../../base/secret.ts'
import type { OutputRun, RunOutput } from '../output.ts'
import { LineWatch } from './line-watch.ts'
import { ownIceServers } from './own-ice-servers.ts'
import { parseEndpoint } from './whip-endpoint.ts'
import { WHIP_LIMITS, type WhipLimits } from './whip-limits.ts'
import type { PeerOwner, WantedPeer, WhipPeers } from './whip-peers.ts'
import { WhipSession } from './whip-session.ts'

export interface WhipSpec {
  destination: Pick<Destination, 'id' | 'address' | 'whip' | 'certificateAuthority' | 'verifyCertificate'>
  /** A bearer token, or one for Basic authentication; may be empty. */
  token: Secret
  /** To the destination's own TURN servers; may be empty. */
  turnSecret: Secret
}

export interface WhipOutputParts {
  peers: Pick<WhipPeers, 'want'>
  log: Logger
  limits?: WhipLimits
}

/**
 * Sends the program to one WHIP server, once: has the page make a peer, does its HTTP, and watches over its line. A
 * broken line is restarted first; the run fails when that does not bring it back, and a new one begins a new session.
 */
export function whipOutput({ peers, log, limits = WHIP_LIMITS }: WhipOutputParts): RunOutput<WhipSpec> {
  return async (spec, run) => {
    run.signal.throwIfAborted()
    const { url, isOpen } = parseEndpoint(spec.destination.address)
    if (isOpen) log.warn('plain http to another computer: the token and the keys of the media can be read on the way', { destinationId: spec.destination.id })
    const scope = new Scope()
    const output = new WhipRun(spec, url, run, log, limits)
    scope.add(() => output.enter('closed'))
    scope.add(() => output.leave())
    try {
      scope.add(output.begin(peers))
      return await output.ended
    } finally {
      await scope.close()
    }
  }
}

class WhipRun implements PeerOwner {
  /** Rejects with why the run is over. */
  readonly ended: Promise<never>
  readonly #over = new AbortController()
  readonly #session: WhipSession
  #peer: WantedPeer | null = null
  #watch: LineWatch | null = null
  #restartAsked = false
  #stage: OutputStage = 'waiting'
  #figures: WhipFigures | null = null
  readonly #beganAtMs: number

  constructor(
    private readonly spec: WhipSpec,
    endpoint: URL,
    private readonly run: OutputRun,
    private readonly log: Logger,
    private readonly limits: WhipLimits,
    private readonly destination = spec.destination,
  ) {
    this.#beganAtMs = run.clock.monotonicMs()
    this.ended = new Promise((_, reject) => this.#over.signal.addEventListener('abort', () => reject(this.#over.signal.reason), { once: true }))
    this.#session = new WhipSession({
      endpoint,
      token: spec.token,
      tokenFollowsRedirects: destination.whip.tokenFollowsRedirects,
      trust: destination,
      clock: run.clock,
      log,
      http: limits.http,
      onOutOfStep: () => this.#peer?.restart(),
    })
  }

  /** Returns how to end what it began. */
  begin(peers: Pick<WhipPeers, 'want'>): () => void {
    const { clock, signal } = this.run
    const onAbort = () => this.#over.abort(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    void this.#readFeed()
    const { videoCodec, degradation, relayOnly } = this.destination.whip
    const iceServers = ownIceServers(this.destination.whip, this.spec.turnSecret)
    const peer = peers.want({ destinationId: this.destination.id, videoCodec, degradation, iceServers, relayOnly }, this)
    this.#peer = peer
    const stopWatching = clock.every(this.limits.watchMs, () => this.#look())
    this.#report()
    return () => {
      signal.removeEventListener('abort', onAbort)
      stopWatching()
      peer.close()
    }
  }

  /**
   * The page codes for this one itself, so that nothing of the feed is sent. It is read because that is how it goes from one
   * content to another, at the other one's first key frame, and the page's peer follows it.
   */
  async #readFeed(): Promise<void> {
    try {
      for (;;) await this.run.feed.next(this.#over.signal)
    } catch {
      // The run is over, or the feed is: then the peer keeps what it has.
    }
  }

  /** The server's place is free for the next run, or for somebody else. */
  leave(): Promise<void> {
    const { reason } = this.#over.signal
    const told = reason instanceof StudioError && reason.reason === 'stopped'
    return this.#session.close(told ? this.limits.farewellMs : this.limits.partingMs)
  }

  enter(stage: OutputStage): void {
    if (stage === this.#stage) return
    this.#stage = stage
    this.#report()
  }

  async offer(sdp: string): Promise<{ answerSdp: string; iceServers: IceServer[] }> {
    this.enter('opening')
    try {
      const answer = await this.#session.open(sdp)
      this.#over.signal.throwIfAborted()
      this.#watch = new LineWatch(this.limits, this.run.clock.monotonicMs())
      this.enter('handshaking')
      return answer
    } catch (thrown) {
      const failure = StudioError.from(thrown)
      this.failed(failure)
      throw failure
    }
  }

  candidate({ candidate, usernameFragment }: { candidate: string | null; usernameFragment: string }): void {
    this.#session.candidate(usernameFragment, candidate)
  }

  async restart(sdp: string): Promise<string | null> {
    const fragment = await this.#session.restart(sdp)
    if (fragment === null) this.#watch?.cannotRestart()
    this.#look()
    return fragment
  }

  connection(states: { state: string; ice: string; dtls: string }): void {
    this.#watch?.connection(states, this.run.clock.monotonicMs())
    this.#look()
  }

  report(figures: WhipFigures): void {
    this.#figures = figures
    this.#watch?.report(figures, this.run.clock.monotonicMs())
    this.#look()
    this.#report()
  }

  failed(failure: StudioError): void {
    this.#over.abort(failure)
  }

  #look(): void {
    if (this.#over.signal.aborted) return
    const nowMs = this.run.clock.monotonicMs()
    const watch = this.#watch
    if (!watch) {
      const late = this.#stage === 'waiting' && nowMs - this.#beganAtMs >= this.limits.offerMs
      if (late) this.failed(new StudioError('page-gone', `the studio window made no connection within ${this.limits.offerMs / 1000} s`))
      return
    }
    watch.look(nowMs)
    if (watch.line === 'flowing') this.#flows()
    else if (watch.line === 'broken') this.#broke(watch.interruption(nowMs))
    const failure = watch.verdict(nowMs)
    if (failure) this.failed(failure)
  }

  #flows(): void {
    if (this.#restartAsked) this.log.info('the line is back', { destinationId: this.destination.id })
    this.#restartAsked = false
    if (this.#stage === 'sending') return
    this.enter('sending')
    this.run.connected()
  }

  #broke(why: StudioError | null): void {
    if (this.#restartAsked) return
    this.#restartAsked = true
    this.log.warn('the line broke; ICE is restarted', { destinationId: this.destination.id })
    this.enter('handshaking')
    if (why) this.run.interrupted(why)
    this.#peer?.restart()
  }

  #report(): void {
    this.run.report(outputFigures(this.#stage, this.#figures))
  }
}

/** Counters of the page's peer in the words of every output. The queue is the browser's; what is too much for the line it does not code at all. */
function outputFigures(stage: OutputStage, figures: WhipFigures | null): OutputFigures {
  if (!figures) return { stage, bitrateKbps: 0, bytesSent: 0, bytesAcknowledged: null, queueMs: 0, framesSent: 0, framesDropped: 0, rttMs: null }
  const { bitrateKbps, bytesSent, framesSent, rttMs, lossPercent, retransmits, codec, width, height, fps, limitedBy } = figures
  return {
    stage, bitrateKbps, bytesSent, bytesAcknowledged: null, queueMs: 0, framesSent, framesDropped: 0, rttMs,
    line: { lossPercent, retransmits, codec, width, height, fps, limitedBy },
  }
}
