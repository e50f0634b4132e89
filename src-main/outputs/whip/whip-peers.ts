import type { whip, WhipFigures, WhipPeer } from '@shared/contracts/whip.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { ProgramContent } from '@shared/domain/program-content.ts'
import { Topic, type Watchable } from '../../rpc/topic.ts'

type Input<K extends keyof Handlers<typeof whip>> = Parameters<Handlers<typeof whip>[K]>[0]

/** Bitrates of what a peer sends, kbit/s. */
export interface WhipRates {
  /** Where the bandwidth estimate of the picture begins. */
  startKbps: number
  /** What the picture never exceeds. */
  maxKbps: number
  audioKbps: number
  /** As in the contract. */
  audioChannels?: 1 | 2 | undefined
  floor: WhipPeer['floor']
}

/** By what is sent; a content that is not coded now has none. */
export type RatesByContent = Readonly<Partial<Record<ProgramContent, WhipRates>> & { mix: WhipRates }>

/** Who wanted a peer, and is told what the page does with it. Nothing is told once it is no longer wanted. */
export interface PeerOwner {
  offer(sdp: string): Promise<{ answerSdp: string; iceServers: { urls: string[]; username?: string; credential?: string }[] }>
  candidate(input: Input<'candidate'>): void
  restart(sdp: string): Promise<string | null>
  connection(input: Input<'connection'>): void
  report(figures: WhipFigures): void
  /** The page cannot have it, or (`page-gone`) is not there any more. */
  failed(failure: StudioError): void
}

export interface WantedPeer {
  /** Asks the page for an ICE restart. */
  restart(): void
  /** It is no longer wanted. */
  close(): void
}

interface Entry {
  owner: PeerOwner
  /** The page that has it; null until one begins with it. */
  pageId: string | null
  offered: boolean
}

export type PeerWish = Pick<WhipPeer, 'destinationId' | 'videoCodec' | 'degradation' | 'iceServers' | 'relayOnly'>

/** The peer connections that main wants the page to have, and the way from the page's calls to who wanted them. */
export class WhipPeers {
  readonly #peers = new Topic<WhipPeer[]>([])
  readonly #entries = new Map<string, Entry>()
  #unwatchRates: () => void = () => {}

  constructor(
    private readonly rates: Watchable<RatesByContent>,
    private readonly newId: () => string,
    /** What a destination gets now. Tell of changes by `refresh`. */
    private readonly contentOf: (destinationId: string) => ProgramContent = () => 'mix',
  ) {
    this.#unwatchRates = rates.watch(() => this.refresh())
  }

  /** What destinations get, or how it is coded, may have changed. */
  refresh(): void {
    const now = this.#peers.value.map((peer) => ({ ...peer, ...this.#sentTo(peer.destinationId) }))
    if (JSON.stringify(now) !== JSON.stringify(this.#peers.value)) this.#peers.set(now)
  }

  get peers(): Watchable<WhipPeer[]> {
    return this.#peers
  }

  want(wish: PeerWish, owner: PeerOwner): WantedPeer {
    const peerId = this.newId()
    const { destinationId, videoCodec, degradation, iceServers, relayOnly } = wish
    this.#entries.set(peerId, { owner, pageId: null, offered: false })
    this.#peers.set([...this.#peers.value, { peerId, destinationId, ...this.#sentTo(destinationId), videoCodec, degradation, iceServers, relayOnly, restart: 0 }])
    return {
      restart: () => this.#change((peer) => peer.peerId === peerId, (peer) => ({ ...peer, restart: peer.restart + 1 })),
      close: () => this.#remove(peerId),
    }
  }

  /** What one page may call. Calls of a peer that is not wanted, or that another page has, fail with `not-found`. */
  handlersOf(pageId: string): Omit<Handlers<typeof whip>, 'play'> {
    const entryOf = (peerId: string) => this.#entryOf(peerId, pageId)
    return {
      offer: ({ peerId, sdp }) => {
        const entry = entryOf(peerId)
        if (entry.offered) throw new StudioError('input-invalid', 'this peer has offered already')
        entry.offered = true
        return entry.owner.offer(sdp)
      },
      candidate: (input) => entryOf(input.peerId).owner.candidate(input),
      restart: async ({ peerId, sdp }) => ({ fragment: await entryOf(peerId).owner.restart(sdp) }),
      connection: (input) => entryOf(input.peerId).owner.connection(input),
      report: ({ peerId, figures }) => entryOf(peerId).owner.report(figures),
      failure: ({ peerId, reason, evidence }) => entryOf(peerId).owner.failed(new StudioError(reason, evidence)),
    }
  }

  /** Its peers went with it. */
  pageGone(pageId: string): void {
    for (const { owner } of [...this.#entries.values()].filter((entry) => entry.pageId === pageId)) {
      owner.failed(new StudioError('page-gone', 'the studio window that had the connection is gone'))
    }
  }

  close(): void {
    this.#unwatchRates()
    this.#entries.clear()
    this.#peers.set([])
  }

  /** A content whose rates are not known (yet) is held to the mix's. */
  #sentTo(destinationId: string): Pick<WhipPeer, 'content' | 'startKbps' | 'maxKbps' | 'audioKbps' | 'audioChannels' | 'floor'> {
    const content = this.contentOf(destinationId)
    return { content, ...(this.rates.value[content] ?? this.rates.value.mix) }
  }

  #entryOf(peerId: string, pageId: string): Entry {
    const entry = this.#entries.get(peerId)
    if (!entry || (entry.pageId ?? pageId) !== pageId) throw new StudioError('not-found', 'no such peer')
    entry.pageId = pageId
    return entry
  }

  #remove(peerId: string): void {
    if (this.#entries.delete(peerId)) this.#peers.set(this.#peers.value.filter((peer) => peer.peerId !== peerId))
  }

  #change(which: (peer: WhipPeer) => boolean, how: (peer: WhipPeer) => WhipPeer): void {
    if (this.#peers.value.some(which)) this.#peers.set(this.#peers.value.map((peer) => (which(peer) ? how(peer) : peer)))
  }
}
