import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import type { Clock } from '../base/clock.ts'
import { GroupCache } from './group-cache.ts'
import { LIVE_LIMITS, type QueueLimits, SubscriberQueue } from './subscriber-queue.ts'

export interface SubscribeOptions {
  /**
   * `cached-group`: begin with the group of pictures since the last key frame when it is no older than
   * `freshGroupMs`, else like `next-key-frame`. A live push takes this: it has a picture at once where
   * that costs no delay worth speaking of, and otherwise waits the one frame that a fresh key frame takes.
   * `next-key-frame`: ask for a key frame and begin there, e.g. a recording that starts now.
   */
  start: 'cached-group' | 'next-key-frame'
  /** Default: what a queue may hold before it drops. More would be dropped right away. */
  freshGroupMs?: number
  limits?: QueueLimits
  /** With the sound tracks that are only recorded; otherwise nothing of them is seen. */
  everyTrack?: boolean
  /** False: it waits for the key frames that come anyhow. An extra one takes bits from the pictures of every reader. Default: it may. */
  mayAskKeyFrames?: () => boolean
}

/**
 * Hands the coded program to any number of readers. Never waits for one of them: a reader that is slow
 * loses frames in its own queue. Payloads are shared, not copied.
 */
export class ProgramBus {
  #headers: ProgramHeaders | null = null
  readonly #group = new GroupCache()
  readonly #readers = new Set<SubscriberQueue>()
  readonly #keyFrameHandlers = new Set<() => void>()
  #lastPacketAtMs = Number.NEGATIVE_INFINITY
  #closed = false

  constructor(private readonly clock: Clock) {}

  get headers(): ProgramHeaders | null {
    return this.#headers
  }

  get readers(): number {
    return this.#readers.size
  }

  /** Since the last key frame came in, ms; null before the first. */
  get keyFrameAgeMs(): number | null {
    return this.#group.entries.length === 0 ? null : this.#groupAgeMs()
  }

  /** Called when a reader needs a key frame. May be called often; the handler limits the rate. */
  onKeyFrameWanted(handler: () => void): () => void {
    this.#keyFrameHandlers.add(handler)
    return () => void this.#keyFrameHandlers.delete(handler)
  }

  /** A new epoch must be followed by a key frame. The same epoch again only updates what a decoder does not need. */
  publishHeaders(headers: ProgramHeaders): void {
    const changed = headers.epoch !== this.#headers?.epoch
    this.#headers = headers
    if (!changed) return
    this.#group.clear()
    for (const reader of this.#readers) reader.headersChanged()
  }

  /** A packet of the current epoch; one without its headers has no meaning and is refused. */
  publish(packet: Packet): void {
    const headers = this.#headers
    if (packet.epoch !== headers?.epoch) throw new Error(`packet of epoch ${packet.epoch} while headers are of ${headers?.epoch ?? 'none'}`)
    this.#lastPacketAtMs = this.clock.monotonicMs()
    const entry = { packet, headers }
    this.#group.push(entry)
    for (const reader of this.#readers) reader.push(entry)
  }

  subscribe(options: SubscribeOptions): SubscriberQueue {
    const limits = options.limits ?? LIVE_LIMITS
    const freshGroupMs = options.freshGroupMs ?? limits.dropAfterMs
    const reader: SubscriberQueue = new SubscriberQueue(
      {
        begin: () => (options.start === 'cached-group' && this.#groupAgeMs() <= freshGroupMs ? this.#group.entries : []),
        headers: () => this.#headers,
        askKeyFrame: () => void ((options.mayAskKeyFrames?.() ?? true) && this.#askKeyFrame()),
        monotonicMs: () => this.clock.monotonicMs(),
        detach: () => this.#readers.delete(reader),
      },
      limits,
      options.everyTrack ?? false,
    )
    if (this.#closed) reader.programEnded()
    else this.#readers.add(reader)
    return reader
  }

  close(): void {
    this.#closed = true
    for (const reader of this.#readers) reader.programEnded()
    this.#group.clear()
  }

  /** How long ago the cached group began, counting the time since its last packet. */
  #groupAgeMs(): number {
    return this.#group.spanMs + (this.clock.monotonicMs() - this.#lastPacketAtMs)
  }

  #askKeyFrame(): void {
    for (const handler of this.#keyFrameHandlers) handler()
  }
}
