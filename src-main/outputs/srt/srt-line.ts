import { type SrtPacket, readSrtPacket, sequenceDistance } from './srt-wire.ts'

/** How far two ends have come with each other. */
export type SrtLineState = 'silent' | 'knocking' | 'open' | 'refused' | 'closed'

const LOSS_OVER_MS = 5000

/**
 * Watches the datagrams between FFmpeg and its peer and tells what FFmpeg itself does not: whether the peer has let us in
 * or why not, what it has acknowledged, the round trip, losses, repeats. Pure: the caller brings the time, ms.
 */
export class SrtLine {
  #state: SrtLineState = 'silent'
  #rejection: number | null = null
  #latencyMs = 0
  #rttMs: number | null = null
  #first: number | null = null
  #sentPackets = 0
  #acknowledgedPackets = 0
  #retransmits = 0
  #lost = 0
  /** The highest number that was ever said to be lost. */
  #lastLost: number | null = null
  readonly #history: { atMs: number; sent: number; lost: number }[] = []

  /** `caller`: FFmpeg calls the peer; `listener`: the peer calls FFmpeg. */
  constructor(readonly mode: 'caller' | 'listener') {}

  fromStudio(datagram: Buffer, nowMs: number): void {
    const packet = readSrtPacket(datagram)
    if (!packet) return
    if (packet.type === 'data') this.#sent(packet.sequence, packet.retransmitted, nowMs)
    else if (packet.type === 'handshake') this.#handshake(packet, this.mode === 'listener')
  }

  fromPeer(datagram: Buffer): void {
    const packet = readSrtPacket(datagram)
    if (!packet) return
    if (packet.type === 'handshake') this.#handshake(packet, this.mode === 'caller')
    else if (packet.type === 'acknowledgement') this.#acknowledged(packet.next, packet.rttMs)
    else if (packet.type === 'loss') for (const [first, last] of packet.ranges) this.#lostPackets(first, last)
    else if (packet.type === 'shutdown' && this.#state === 'open') this.#state = 'closed'
  }

  get state(): SrtLineState {
    return this.#state
  }

  /** The code with which the listener refused (libsrt's SRT_REJECT_REASON), or null. */
  get rejection(): number | null {
    return this.#rejection
  }

  /** The longest delay that either end asked for in its handshake: the receiver plays what arrives after this long, ms; 0 until then. */
  get latencyMs(): number {
    return this.#latencyMs
  }

  get rttMs(): number | null {
    return this.#rttMs
  }

  /** Data packets that have left, each counted once. */
  get sentPackets(): number {
    return this.#sentPackets
  }

  /** Data packets up to the first that the peer still waits for. */
  get acknowledgedPackets(): number {
    return this.#acknowledgedPackets
  }

  get retransmits(): number {
    return this.#retransmits
  }

  /** Over the last 5 s, percent of the packets sent; null before the first. */
  lossPercent(nowMs: number): number | null {
    this.#sample(nowMs)
    const from = this.#history[0]
    if (!from || this.#sentPackets === 0) return null
    const sent = this.#sentPackets - from.sent
    return sent <= 0 ? 0 : Math.min(100, ((this.#lost - from.lost) * 100) / sent)
  }

  #handshake(packet: Extract<SrtPacket, { type: 'handshake' }>, isAnswer: boolean): void {
    if (this.#state === 'open' || this.#state === 'closed') return
    this.#latencyMs = Math.max(this.#latencyMs, packet.latencyMs)
    if (packet.rejection !== null) {
      this.#state = 'refused'
      this.#rejection = packet.rejection
    } else if (isAnswer && packet.conclusion) this.#state = 'open'
    else if (this.#state === 'silent') this.#state = 'knocking'
  }

  #sent(sequence: number, repeated: boolean, nowMs: number): void {
    this.#first ??= sequence
    if (repeated) this.#retransmits++
    // Packets that came too late to be sent at all leave a gap in the numbers; they count as sent.
    this.#sentPackets = Math.max(this.#sentPackets, sequenceDistance(this.#from(this.#sentPackets), sequence) + this.#sentPackets + 1)
    this.#sample(nowMs)
  }

  #acknowledged(next: number, rttMs: number | null): void {
    // Until there is a measurement libsrt says 100 ms.
    if (rttMs !== null && this.#acknowledgedPackets > 0) this.#rttMs = rttMs
    if (this.#first === null) return
    const total = this.#acknowledgedPackets + sequenceDistance(this.#from(this.#acknowledgedPackets), next)
    if (total > this.#acknowledgedPackets && total <= this.#sentPackets) this.#acknowledgedPackets = total
  }

  /** Receivers ask again and again until a packet comes; each is lost once, and gaps are found in the order of their numbers. */
  #lostPackets(first: number, last: number): void {
    const known = this.#lastLost === null ? 0 : Math.max(0, sequenceDistance(first, this.#lastLost) + 1)
    const news = sequenceDistance(first, last) + 1 - known
    if (news <= 0) return
    this.#lost += news
    this.#lastLost = last
  }

  /** The number of the packet with this index since the first; distances are taken from near by, so that it may begin anew. */
  #from(index: number): number {
    return ((this.#first ?? 0) + index) % 2 ** 31
  }

  #sample(nowMs: number): void {
    const last = this.#history.at(-1)
    if (!last || nowMs - last.atMs >= 500) this.#history.push({ atMs: nowMs, sent: this.#sentPackets, lost: this.#lost })
    while (this.#history.length > 2 && nowMs - (this.#history[1]?.atMs ?? nowMs) >= LOSS_OVER_MS) this.#history.shift()
  }
}
