import type { whip, WhipFigures, WhipPeer } from '@shared/contracts/whip.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { systemClock } from '../../base/clock.ts'
import { OFFER, RESTART_OFFER } from './sdp-sample.ts'
import type { WhipPeers } from './whip-peers.ts'

/** The page's half for tests: no peer connection, but everything that is said about one, steered by the test. */
export class FakeWhipPage {
  readonly living = new Map<string, WhipPeer>()
  /** Everything that was wanted, in order, as it was first. */
  readonly wanted: WhipPeer[] = []
  /** What it was refused with. */
  readonly refusals: unknown[] = []
  readonly restarts: (string | null)[] = []
  /** Bytes leave; false = nothing of it arrives. */
  arrives = true
  /** Told of each thing that arrives. */
  onMedia: (kind: 'key' | 'video' | 'audio') => void = () => {}
  readonly calls: Omit<Handlers<typeof whip>, 'play'>
  readonly #closers: (() => void)[] = []
  #sent = 0
  #acknowledged = 0

  constructor(peers: WhipPeers, pageId = 'page', private readonly connects = true) {
    this.calls = peers.handlersOf(pageId)
    this.#closers.push(peers.peers.watch((wanted) => this.#follow(wanted)))
  }

  /** What the connection of every peer is now. */
  say(state: 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed', { ice = state as string, dtls = state === 'connected' ? 'connected' : 'new' } = {}): void {
    for (const peerId of this.living.keys()) void this.calls.connection({ peerId, state, ice, dtls })
  }

  close(): void {
    for (const close of this.#closers) close()
    this.living.clear()
  }

  #follow(wanted: readonly WhipPeer[]): void {
    for (const peerId of this.living.keys()) if (!wanted.some((peer) => peer.peerId === peerId)) this.living.delete(peerId)
    for (const peer of wanted) {
      const before = this.living.get(peer.peerId)
      this.living.set(peer.peerId, peer)
      if (!before) {
        this.wanted.push(peer)
        // As over a channel: never within the same turn.
        queueMicrotask(() => void this.#connect(peer.peerId).catch((failure: unknown) => this.refusals.push(failure)))
      } else if (peer.restart > before.restart) void this.#restart(peer.peerId).catch((failure: unknown) => this.refusals.push(failure))
    }
  }

  async #connect(peerId: string): Promise<void> {
    await this.calls.offer({ peerId, sdp: OFFER })
    if (!this.living.has(peerId) || !this.connects) return
    this.say('connecting')
    this.say('connected')
    this.#closers.push(systemClock.every(5, () => this.living.has(peerId) && this.#send(peerId)))
  }

  async #restart(peerId: string): Promise<void> {
    const { fragment } = await this.calls.restart({ peerId, sdp: RESTART_OFFER })
    this.restarts.push(fragment)
    if (fragment !== null && this.arrives) this.say('connected')
  }

  #send(peerId: string): void {
    const frame = this.#sent++
    if (this.arrives) {
      this.#acknowledged += 2
      this.onMedia(frame % 10 === 0 ? 'key' : 'video')
      this.onMedia('audio')
    }
    void this.calls.report({ peerId, figures: fakeFigures({ bytesSent: this.#sent * 500, framesSent: this.#sent, packetsAcknowledged: this.#acknowledged }) })
  }
}

export function fakeFigures(changes: Partial<WhipFigures>): WhipFigures {
  return {
    bitrateKbps: 1000, bytesSent: 0, packetsAcknowledged: 0, framesSent: 0, rttMs: 12, lossPercent: 0.5, retransmits: 3,
    codec: 'H264 42e01f', width: 1280, height: 720, fps: 30, limitedBy: 'none', ...changes,
  }
}
