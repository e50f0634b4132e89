import type { IceServer, WhipPeer as Wish } from '@shared/contracts/whip.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import type { EngineClock } from '../clock.ts'
import { FloorFrames } from './floor-frames.ts'
import { PeerReports } from './peer-reports.ts'
import type { ProgramStream } from './program-stream.ts'
import { answerToApply, checkAnswer, iceCredentials, offerToSend, restartedAnswer } from './sdp-edit.ts'
import { offeredAudio, offeredVideo } from './whip-codecs.ts'
import type { WhipLink } from './whip-link.ts'

/**
 * An offer waits this long for the candidates of this computer, which take 20 to 130 ms: then it is whole, and servers
 * that take no trickled candidates have them too. Later ones (STUN, TURN) are trickled.
 */
const GATHER_MS = 200
/** Where everything is relayed there are none, and a relay takes two round trips or more: so long an offer waits for one. */
const GATHER_RELAYED_MS = 2000
/** With ICE servers that came with the answer: without a connection by then, they are needed. */
const WITHOUT_SERVERS_MS = 2000

export interface WhipPeerGiven {
  link: WhipLink
  clock: EngineClock
  openProgram(content: ProgramContent): ProgramStream
  makeConnection(configuration: RTCConfiguration): RTCPeerConnection
  capabilities(kind: 'audio' | 'video'): readonly RTCRtpCodec[]
}

/** One peer connection that sends the mix or a stream beside it; offers, trickles, restarts and reports by the `whip` contract. Never retries. */
export class WhipPeer {
  #program: ProgramStream
  /** What it sends, or will as soon as there is a picture of it. */
  #content: ProgramContent
  readonly #connection: RTCPeerConnection
  readonly #reports: PeerReports
  readonly #floor = new FloorFrames()
  /** The least rate that the answer was applied with. */
  #appliedMinKbps: number | null = null
  #video: RTCRtpSender | null = null
  #audio: RTCRtpSender | null = null
  /** As the server gave it last, unedited. */
  #answer = ''
  /** Candidates found before this are in the offer. */
  #offered = false
  #restarting = false
  #closed = false
  #callOffServers: () => void = () => {}

  constructor(
    private wish: Wish,
    private readonly given: WhipPeerGiven,
  ) {
    this.#content = wish.content
    this.#program = given.openProgram(wish.content)
    this.#connection = given.makeConnection({
      bundlePolicy: 'max-bundle', rtcpMuxPolicy: 'require', iceServers: wish.iceServers.map(withoutAbsent), iceTransportPolicy: wish.relayOnly ? 'relay' : 'all',
    })
    this.#reports = new PeerReports(wish.peerId, this.#connection, given.link, given.clock, (kbps) => this.#lineLeaves(kbps))
    this.#connection.addEventListener('icecandidate', ({ candidate }) => this.#onCandidate(candidate))
  }

  /** Offers and applies the answer. Never rejects: what goes wrong is told to main. */
  async start(): Promise<void> {
    try {
      this.#addTracks()
      await this.#applyRates()
      const sdp = await this.#localOffer()
      // Main passed the refusal on, so it knows.
      const answered = await this.given.link.offer({ peerId: this.wish.peerId, sdp }).catch(() => null)
      if (!answered) return this.close()
      if (this.#closed) return
      const { answerSdp, iceServers } = answered
      checkAnswer(answerSdp, sdp)
      this.#answer = answerSdp
      await this.#applyAnswer()
      if (iceServers.length > 0) this.#useServers(iceServers)
    } catch (error) {
      this.#fail(error)
    }
  }

  /** Rates, what to give up first, and what is sent, on the living connection. */
  async update(wish: Wish): Promise<void> {
    this.wish = wish
    await this.#goOver(wish.content)
    await this.#applyRates().catch(() => {})
    if (this.#appliedMinKbps !== this.#minKbps) await this.#applyAnew()
  }

  /** New credentials, new candidates, the same session. A refusal is main's to judge: it knows the server's answer. */
  async restart(): Promise<void> {
    if (this.#closed || this.#restarting || this.#answer === '') return
    this.#restarting = true
    try {
      const sdp = await this.#localOffer({ iceRestart: true })
      const { fragment } = await this.given.link.restart({ peerId: this.wish.peerId, sdp })
      if (this.#closed) return
      if (fragment === null) await this.#connection.setLocalDescription({ type: 'rollback' })
      else {
        this.#answer = restartedAnswer(this.#answer, fragment)
        await this.#applyAnswer()
      }
    } catch {
      // The connection stays as it is; main sees that it does not come back.
      if (!this.#closed) await this.#connection.setLocalDescription({ type: 'rollback' }).catch(() => {})
    } finally {
      this.#restarting = false
    }
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#callOffServers()
    this.#reports.close()
    this.#connection.close()
    this.#program.close()
  }

  /**
   * Another stream takes the place of what is sent: the same codecs and connection, so that no new offer is needed. What was
   * sent before is sent until the other one has a picture.
   */
  async #goOver(content: ProgramContent): Promise<void> {
    if (this.#closed || content === this.#content) return
    this.#content = content
    const next = this.given.openProgram(content)
    await next.flows()
    if (this.#closed || this.#content !== content) return next.close()
    try {
      await Promise.all(hinted(next.stream).map((track) => (track.kind === 'video' ? this.#video : this.#audio)?.replaceTrack(track)))
    } catch (error) {
      next.close()
      return this.#fail(StudioError.from(error, 'encoder-failed'))
    }
    const before = this.#program
    this.#program = next
    before.close()
  }

  #addTracks(): void {
    const { stream } = this.#program
    for (const track of hinted(stream)) {
      const transceiver = this.#connection.addTransceiver(track, { direction: 'sendonly', streams: [stream] })
      if (track.kind === 'video') {
        const codecs = offeredVideo(this.wish.videoCodec, this.given.capabilities('video'))
        if (codecs.length === 0) throw new StudioError('encoder-unavailable', `this browser does not send ${this.wish.videoCodec} by WebRTC`)
        transceiver.setCodecPreferences(codecs)
        this.#video = transceiver.sender
      } else {
        transceiver.setCodecPreferences(offeredAudio(this.given.capabilities('audio')))
        this.#audio = transceiver.sender
      }
    }
  }

  async #applyRates(): Promise<void> {
    const { maxKbps, audioKbps, degradation, floor } = this.wish
    await setRate(this.#video, maxKbps, { degradation, mostFps: this.#floor.mostFps(floor) })
    await setRate(this.#audio, audioKbps)
  }

  #lineLeaves(kbps: number): void {
    if (this.#floor.look(kbps, this.wish.floor)) void this.#applyRates().catch(() => {})
  }

  /** A rate that is to stay as it is: the estimate goes no lower. */
  get #minKbps(): number | null {
    return this.wish.floor === null ? this.wish.maxKbps : null
  }

  /** A least rate is part of the answer: the same one is applied to another offer, of which the server need not know. */
  async #applyAnew(): Promise<void> {
    const connection = this.#connection
    if (this.#closed || this.#restarting || this.#answer === '' || connection.signalingState !== 'stable') return
    try {
      await connection.setLocalDescription(await connection.createOffer())
      await this.#applyAnswer()
    } catch {
      // It stays as it was until the next connection.
      if (!this.#closed) await connection.setLocalDescription({ type: 'rollback' }).catch(() => {})
    }
  }

  /** Makes it the local description and returns what the server gets. */
  async #localOffer(options: RTCOfferOptions = {}): Promise<string> {
    const connection = this.#connection
    this.#offered = false
    await connection.setLocalDescription(await connection.createOffer(options))
    await this.#gathered()
    const sdp = connection.localDescription?.sdp ?? ''
    this.#offered = true
    return offerToSend(sdp, { audioKbps: this.wish.audioKbps, audioChannels: this.wish.audioChannels, complete: connection.iceGatheringState === 'complete' })
  }

  #gathered(): Promise<void> {
    const connection = this.#connection
    return new Promise((resolve) => {
      const done = (): void => {
        callOff()
        connection.removeEventListener('icegatheringstatechange', check)
        resolve()
      }
      const check = (): void => {
        if (connection.iceGatheringState === 'complete') done()
      }
      // Without a server to relay there is nothing to wait for yet: it comes with the answer.
      const waitsForRelay = this.wish.relayOnly && connection.getConfiguration().iceServers?.length !== 0
      const callOff = this.given.clock.after(waitsForRelay ? GATHER_RELAYED_MS : GATHER_MS, done)
      connection.addEventListener('icegatheringstatechange', check)
      check()
    })
  }

  async #applyAnswer(): Promise<void> {
    const { startKbps, audioKbps, audioChannels } = this.wish
    const minKbps = this.#minKbps
    this.#appliedMinKbps = minKbps
    this.#reports.startKbps = startKbps
    await this.#connection.setRemoteDescription({ type: 'answer', sdp: answerToApply(this.#answer, { startKbps, audioKbps, audioChannels, minKbps }) }).catch((error: unknown) => {
      throw StudioError.from(error, 'offer-rejected')
    })
  }

  /** All m-sections share the first one's transport, so only its candidates count. */
  #onCandidate(found: RTCIceCandidate | null): void {
    if (!this.#offered || this.#closed || (found && (found.sdpMLineIndex !== 0 || found.candidate === ''))) return
    const { usernameFragment, password } = iceCredentials(this.#connection.localDescription?.sdp ?? '')
    void this.given.link.candidate({ peerId: this.wish.peerId, candidate: found?.candidate ?? null, usernameFragment, password }).catch(() => {})
  }

  /** They come after gathering has begun; only another round of it would use them, which is for those who need it. */
  #useServers(iceServers: readonly IceServer[]): void {
    const connection = this.#connection
    const own = this.wish.iceServers
    connection.setConfiguration({ ...connection.getConfiguration(), iceServers: [...own, ...iceServers].map(withoutAbsent) })
    // Without a server of its own, one that may only relay has no other way.
    this.#callOffServers = this.given.clock.after(this.wish.relayOnly && own.length === 0 ? 0 : WITHOUT_SERVERS_MS, () => {
      if (!['connected', 'completed'].includes(connection.iceConnectionState)) void this.restart()
    })
  }

  #fail(thrown: unknown): void {
    if (this.#closed) return
    const { reason, evidence } = StudioError.from(thrown, 'offer-rejected')
    this.close()
    void this.given.link.failure({ peerId: this.wish.peerId, reason, evidence: evidence.slice(0, 2000) }).catch(() => {})
  }
}

/** Pictures move, and sound is more than speech. */
function hinted(stream: MediaStream): MediaStreamTrack[] {
  const tracks = stream.getTracks()
  for (const track of tracks) track.contentHint = track.kind === 'video' ? 'motion' : 'music'
  return tracks
}

async function setRate(sender: RTCRtpSender | null, kbps: number, picture?: { degradation: Wish['degradation']; mostFps: number | null }): Promise<void> {
  if (!sender) return
  const parameters: RTCRtpSendParameters = sender.getParameters()
  for (const each of parameters.encodings) {
    each.maxBitrate = Math.round(kbps * 1000)
    if (picture?.mostFps) each.maxFramerate = picture.mostFps
    else delete each.maxFramerate
  }
  if (picture) parameters.degradationPreference = picture.degradation
  await sender.setParameters(parameters)
}

const withoutAbsent = ({ urls, username, credential }: IceServer): RTCIceServer => ({ urls, ...(username === undefined ? {} : { username }), ...(credential === undefined ? {} : { credential }) })
