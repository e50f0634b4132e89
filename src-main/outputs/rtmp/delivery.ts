import { OnTheWay } from './on-the-way.ts'

/** How much had been taken at one time. */
interface Mark {
  endByte: number
  atMs: number
}

/**
 * Counts what one connection has delivered: bytes the system took, bytes the peer's transport took (where the
 * system tells), bytes the server acknowledged. From that: the rate, the delay, and for how long nothing moves.
 * Pure: the caller brings the time, in ms of a monotonic clock.
 *
 * Measured with a peer that stops reading and a limit of 10 s: noticed after 10.7 to 11.7 s at 0.3 to 19 Mbit/s with
 * acknowledgements, plain and TLS. A server that never acknowledges is noticed as soon only from 2.5 Mbit/s on (21 s at
 * 300 kbit/s), because its system goes on confirming until its own buffer is full.
 */
export class Delivery {
  #writtenBytes = 0
  #drainedBytes = 0
  #acknowledgedBytes: number | null = null
  #lastRaw = 0
  /** What a regular server leaves unacknowledged: what was asked for, or the largest step seen. */
  #windowBytes = 0
  #askedBytes = 0
  /** As the server counts. */
  #countedBytes = 0
  /** Since the server was last asked; the first may still be one of the old window. */
  #acknowledgementsSinceAsked = 0
  readonly onTheWay = new OnTheWay()
  readonly #samples: Mark[] = []
  /** Since when something waits that has not moved; null while nothing is owed. */
  #writeStuckSinceMs: number | null = null
  #peerStuckSinceMs: number | null = null
  #ackStuckSinceMs: number | null = null
  #peerAcceptedBytes = 0
  #keptBytes = 0
  #uncountedBytes: number

  /**
   * `handshakeBytes` of what is written first are not counted by some servers (nginx-rtmp), and counted by others: until a
   * server has acknowledged more than was written since, they are taken for not counted. At low rates they are half a second.
   */
  constructor(handshakeBytes = 0) {
    this.#uncountedBytes = handshakeBytes
  }

  /** The server was asked to acknowledge each time it has received this many bytes. */
  asked(everyBytes: number): void {
    this.onTheWay.asked(everyBytes)
    this.#askedBytes = everyBytes
    this.#acknowledgementsSinceAsked = 0
    this.#windowBytes = Math.max(this.#windowBytes, everyBytes)
  }

  /** Handed to the socket. */
  written(bytes: number, nowMs: number): void {
    this.#writtenBytes += bytes
    this.#writeStuckSinceMs ??= nowMs
  }

  /** Taken from the socket by the system. */
  drained(bytes: number, nowMs: number): void {
    this.#drainedBytes += bytes
    this.#writeStuckSinceMs = this.#drainedBytes < this.#writtenBytes ? nowMs : null
    this.onTheWay.sent(this.#drainedBytes, nowMs)
    this.#judgeAcknowledgements(nowMs, false)
  }

  /** The server's acknowledgement, modulo 2^32. A number that goes back or runs ahead is not believed. */
  acknowledged(raw: number, nowMs: number): void {
    const step = (raw - this.#lastRaw) >>> 0
    if (step === 0 || step > 0x7fffffff) return
    this.#lastRaw = raw
    this.#countedBytes += step
    if (this.#countedBytes + this.#uncountedBytes > this.#writtenBytes) this.#uncountedBytes = 0
    // Not what the system took: of a large write it tells only at its end, when most of it may have arrived already.
    this.#countedBytes = Math.min(this.#countedBytes, this.#writtenBytes)
    const before = this.#acknowledgedBytes ?? this.#uncountedBytes
    const total = Math.max(before, this.#countedBytes + this.#uncountedBytes)
    const stepBytes = total - before
    // From the second one on the server does as it was asked, or shows that it keeps a window of its own.
    const keepsOldWindow = ++this.#acknowledgementsSinceAsked !== 2
    this.#windowBytes = Math.max(keepsOldWindow ? this.#windowBytes : this.#askedBytes, stepBytes)
    this.#acknowledgedBytes = total
    this.onTheWay.acknowledged(total, nowMs)
    this.#judgeAcknowledgements(nowMs, true)
  }

  /** What the system still keeps for the peer: not sent, or sent and not confirmed by its transport. */
  keptBySystem(bytes: number, nowMs: number): void {
    this.#keptBytes = bytes
    const accepted = this.#drainedBytes - bytes
    if (bytes === 0) this.#peerStuckSinceMs = null
    else if (accepted > this.#peerAcceptedBytes || this.#peerStuckSinceMs === null) this.#peerStuckSinceMs = nowMs
    this.#peerAcceptedBytes = Math.max(this.#peerAcceptedBytes, accepted)
  }

  /** For how long something has been waiting without any of it being accepted, ms. */
  stuckForMs(nowMs: number): number {
    const since = [this.#writeStuckSinceMs, this.#peerStuckSinceMs, this.#ackStuckSinceMs].filter((at) => at !== null)
    return Math.max(this.onTheWay.stuckForMs(nowMs), ...since.map((at) => nowMs - at))
  }

  /** Call about twice a second, before `bitrateKbps`. */
  sample(nowMs: number): void {
    this.#samples.push({ endByte: this.#drainedBytes, atMs: nowMs })
    while (this.#samples.length > 2 && nowMs - (this.#samples[1]?.atMs ?? nowMs) >= 1000) this.#samples.shift()
  }

  /** Over the last second or so. */
  get bitrateKbps(): number {
    const [first, last] = [this.#samples[0], this.#samples.at(-1)]
    if (!first || !last || last.atMs <= first.atMs) return 0
    return ((last.endByte - first.endByte) * 8) / (last.atMs - first.atMs)
  }

  get writtenBytes(): number {
    return this.#writtenBytes
  }

  get drainedBytes(): number {
    return this.#drainedBytes
  }

  /** null until the server acknowledges anything. */
  get acknowledgedBytes(): number | null {
    return this.#acknowledgedBytes === null ? null : Math.min(this.#acknowledgedBytes, this.#drainedBytes)
  }

  /** From handing a byte to the system until the server's acknowledgement of it arrived; null without acknowledgements. */
  get delayMs(): number | null {
    return this.onTheWay.delayMs
  }

  /** Whether the server has shown that it acknowledges as it goes; some do so once, or never. */
  get acknowledgesRegularly(): boolean {
    return this.#askedBytes > 0 && (this.#acknowledgedBytes ?? 0) >= 2 * this.#askedBytes
  }

  /** How much is on the way beyond what a regular server leaves unacknowledged; 0 for any other. */
  get overdueBytes(): number {
    if (!this.acknowledgesRegularly) return 0
    return Math.max(0, this.#drainedBytes - (this.#acknowledgedBytes ?? 0) - this.#windowBytes)
  }

  /** How often the server was last asked to acknowledge; 0 before the first time. */
  get askedBytes(): number {
    return this.#askedBytes
  }

  /** What the system kept when it was last asked. */
  get keptBytes(): number {
    return this.#keptBytes
  }

  #judgeAcknowledgements(nowMs: number, news: boolean): void {
    if (this.overdueBytes === 0) this.#ackStuckSinceMs = null
    else if (news || this.#ackStuckSinceMs === null) this.#ackStuckSinceMs = nowMs
  }
}
