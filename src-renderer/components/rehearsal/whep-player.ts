import type { IceServer, whip } from '@shared/contracts/whip.ts'
import type { Client } from '@shared/contracts/service.ts'
import { type Reason, REASONS, StudioError } from '@shared/domain/errors.ts'
import type { PageClock } from '../../base/page-clock.ts'
import { whepBackOffMs, whepVerdict } from './whep-retry.ts'

type Play = Client<typeof whip>['play']
type Answered = Awaited<ReturnType<Play>>

const SDP = 'application/sdp'
/** Candidates of this computer and of STUN are waited for so long: what is sent is whole, and nothing is trickled. */
const GATHER_MS = 500
/** For the server's word, and from it to a connection. */
const CONNECT_MS = 15_000

export type WhepState = 'connecting' | 'waiting' | 'playing' | 'stopped'

export interface WhepGiven {
  play: Play
  clock: PageClock
  makeConnection(configuration: RTCConfiguration): RTCPeerConnection
  /** `reason` null while nothing is wrong; `waiting` with null = nothing is live there yet. */
  onState(state: WhepState, reason: Reason | null): void
  onStream(stream: MediaStream): void
}

/**
 * Plays one WHEP address (draft-ietf-wish-whep-03) until it is closed: with an offer of ours that the server answers (201), or
 * with a counter-offer of the server that we answer (406). Waits while nothing is live, comes back after a loss.
 */
export class WhepPlayer {
  #connection: RTCPeerConnection | null = null
  #session = ''
  /** Of the attempt that counts: what an older one still hears comes too late. */
  #turn = 0
  #tries = 0
  #closed = false
  #callOff: () => void = () => {}

  constructor(
    private readonly place: { address: string; token: string },
    private readonly given: WhepGiven,
  ) {
    void this.#begin()
  }

  close(): void {
    this.#closed = true
    this.#end()
  }

  async #begin(): Promise<void> {
    this.#end()
    this.given.onState('connecting', null)
    const turn = this.#turn
    try {
      const answer = await this.#offer()
      if (turn !== this.#turn) return this.#giveBack(answer.session)
      this.#session = answer.session
      if (answer.status === 201) await this.#takeAnswer(answer)
      else if (answer.status === 406 && answer.session !== '') await this.#takeCounterOffer(answer, turn)
      else this.#follow(whepVerdict(answer.status, answer.retryAfterMs, this.#tries))
    } catch (error) {
      if (turn !== this.#turn) return
      const { reason } = StudioError.from(error, 'protocol-error')
      if (REASONS[reason].retry === 'no') this.#stop(reason)
      else this.#again(whepBackOffMs(this.#tries), reason)
    }
  }

  async #offer(): Promise<Answered> {
    const connection = this.#open([])
    for (const kind of ['audio', 'video']) connection.addTransceiver(kind, { direction: 'recvonly' })
    await connection.setLocalDescription(await connection.createOffer())
    return this.#send('POST', await this.#gathered(connection))
  }

  async #takeAnswer({ body, iceServers }: Answered): Promise<void> {
    const connection = this.#connection
    this.#awaitConnection()
    if (iceServers.length > 0) connection?.setConfiguration({ iceServers: asConfigured(iceServers) })
    await connection?.setRemoteDescription({ type: 'answer', sdp: body })
  }

  /** Our own offer is off the table: a new connection answers the server's. */
  async #takeCounterOffer({ body, iceServers }: Answered, turn: number): Promise<void> {
    const connection = this.#open(iceServers)
    await connection.setRemoteDescription({ type: 'offer', sdp: body })
    await connection.setLocalDescription(await connection.createAnswer())
    const sdp = await this.#gathered(connection)
    if (turn !== this.#turn) return
    const { status, retryAfterMs } = await this.#send('PATCH', sdp)
    if (turn === this.#turn && (status < 200 || status > 299)) this.#follow(whepVerdict(status, retryAfterMs, this.#tries))
  }

  #open(iceServers: readonly IceServer[]): RTCPeerConnection {
    this.#connection?.close()
    const connection = this.given.makeConnection({ bundlePolicy: 'max-bundle', iceServers: asConfigured(iceServers) })
    this.#connection = connection
    connection.addEventListener('track', ({ streams, track }) => this.given.onStream(streams[0] ?? new MediaStream([track])))
    connection.addEventListener('connectionstatechange', () => {
      if (connection === this.#connection) this.#onConnection(connection.connectionState)
    })
    this.#awaitConnection()
    return connection
  }

  #awaitConnection(): void {
    this.#callOff()
    this.#callOff = this.given.clock.after(CONNECT_MS, () => this.#again(whepBackOffMs(this.#tries), 'ice-failed'))
  }

  #onConnection(state: RTCPeerConnectionState): void {
    if (state === 'connected') {
      this.#callOff()
      this.#tries = 0
      this.given.onState('playing', null)
    } else if (state === 'failed' || state === 'closed') this.#again(whepBackOffMs(this.#tries), 'connection-lost')
  }

  #follow(verdict: ReturnType<typeof whepVerdict>): void {
    if (verdict.kind === 'stop') this.#stop(verdict.reason)
    else this.#again(verdict.delayMs, verdict.reason)
  }

  #again(delayMs: number, reason: Reason | null): void {
    this.#end()
    if (this.#closed) return
    this.#tries++
    this.given.onState('waiting', reason)
    this.#callOff = this.given.clock.after(delayMs, () => void this.#begin())
  }

  #stop(reason: Reason): void {
    this.#end()
    if (!this.#closed) this.given.onState('stopped', reason)
  }

  #end(): void {
    this.#turn++
    this.#callOff()
    const [connection, session] = [this.#connection, this.#session]
    this.#connection = null
    this.#session = ''
    connection?.close()
    this.#giveBack(session)
  }

  /** Nobody waits for the server's goodbye. */
  #giveBack(session: string): void {
    if (session !== '') void this.#send('DELETE', '', session).catch(() => {})
  }

  #send(method: 'POST' | 'PATCH' | 'DELETE', body: string, session = method === 'POST' ? '' : this.#session): Promise<Answered> {
    return this.given.play({ ...this.place, method, contentType: body === '' ? '' : SDP, body, session })
  }

  #gathered(connection: RTCPeerConnection): Promise<string> {
    return new Promise((resolve) => {
      const done = (): void => {
        callOff()
        connection.removeEventListener('icegatheringstatechange', check)
        resolve(connection.localDescription?.sdp ?? '')
      }
      const check = (): void => {
        if (connection.iceGatheringState === 'complete') done()
      }
      const callOff = this.given.clock.after(GATHER_MS, done)
      connection.addEventListener('icegatheringstatechange', check)
      check()
    })
  }
}

const asConfigured = (servers: readonly IceServer[]): RTCIceServer[] =>
  servers.map(({ urls, username, credential }) => ({ urls, ...(username === undefined ? {} : { username }), ...(credential === undefined ? {} : { credential }) }))
