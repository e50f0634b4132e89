import { StudioError } from '@shared/domain/errors.ts'
import type { ProgramHeaders } from '@shared/domain/packet.ts'
import type { BusItem, BusSubscriber } from './bus-subscriber.ts'
import { PacketFifo, type QueueEntry } from './packet-fifo.ts'

/** How much one reader may fall behind. */
export interface QueueLimits {
  /** Older than this, and the queue drops to the next key frame. */
  dropAfterMs: number
  /** Whatever else happens, no more than this ever waits. */
  maxQueuedMs: number
  maxQueuedBytes: number
  /**
   * Shortest time between two key frames asked for by this one reader. A line that is too thin drops again
   * and again; without this every drop would cost all other readers a key frame.
   */
  keyFrameEveryMs: number
}

/** For whoever shows the program now: dropping is better than being late. */
export const LIVE_LIMITS: QueueLimits = { dropAfterMs: 700, maxQueuedMs: 2000, maxQueuedBytes: 16 * 1024 * 1024, keyFrameEveryMs: 2000 }

/** What the queue needs from the bus it hangs on. */
export interface QueueSource {
  /** The first read: what to begin with. Empty = wait for the next key frame. */
  begin(): readonly QueueEntry[]
  /** The headers of the program now. */
  headers(): ProgramHeaders | null
  askKeyFrame(): void
  monotonicMs(): number
  detach(): void
}

/**
 * One reader's queue. Dormant until the reader first asks: while a server is still being reached nothing
 * piles up and nothing counts as dropped.
 *
 * Falling behind (`dropAfterMs`): everything before the newest queued key frame goes; where none is queued
 * everything goes, and video resumes at the next key frame. Sound older than that point goes with the
 * picture, so that both jump together; sound after it is kept, in order. A key frame is asked for when the
 * reader next reads, not when it falls behind: a peer that has stopped reading altogether costs nobody anything.
 */
export class SubscriberQueue implements BusSubscriber {
  readonly #fifo = new PacketFifo()
  #state: 'dormant' | 'open' | 'sealed' = 'dormant'
  /** Video waits for a key frame, at the beginning and after a drop. */
  #awaitingKey = true
  /** True once a key frame was queued: frames before it were never this reader's, so they do not count as dropped. */
  #hasBegun = false
  #keyFrameOwed = false
  #keyFrameAskedAtMs = Number.NEGATIVE_INFINITY
  /** Sound older than this went with its picture, µs. */
  #soundFloorUs = Number.NEGATIVE_INFINITY
  #toldEpoch: number | null = null
  #framesDropped = 0
  #ended: StudioError | null = null
  #wake: (() => void) | null = null

  constructor(
    private readonly source: QueueSource,
    private readonly limits: QueueLimits,
    /** Whether it takes sound tracks that are only recorded. */
    private readonly everyTrack = false,
  ) {}

  get queuedMs(): number {
    return this.#fifo.ageMs
  }

  get queuedBytes(): number {
    return this.#fifo.bytes
  }

  get framesDropped(): number {
    return this.#framesDropped
  }

  /** Called by the bus for every packet. */
  push(entry: QueueEntry): void {
    if (this.#state !== 'open') return
    this.#enqueue(entry)
    if (this.#fifo.ageMs > this.limits.dropAfterMs) this.#fallBehind()
    if (this.#fifo.ageMs > this.limits.maxQueuedMs || this.#fifo.bytes > this.limits.maxQueuedBytes) this.#dropAll()
    this.nudge()
  }

  /** A reader that waits learns of new headers at once. */
  headersChanged(): void {
    if (this.#state === 'open') this.nudge()
  }

  tryNext(): BusItem | null {
    if (this.#state === 'dormant') this.#begin()
    if (this.#keyFrameOwed) this.#askKeyFrame()
    const entry = this.#peek()
    const headers = entry?.headers ?? (this.#state === 'open' ? this.source.headers() : null)
    if (headers && headers.epoch !== this.#toldEpoch) {
      this.#toldEpoch = headers.epoch
      return { type: 'headers', headers }
    }
    if (!entry) return null
    this.#fifo.shift()
    return { type: 'packet', packet: entry.packet }
  }

  async next(signal: AbortSignal): Promise<BusItem> {
    for (;;) {
      signal.throwIfAborted()
      const item = this.tryNext()
      if (item) return item
      if (this.#ended) throw this.#ended
      await this.somethingNew(signal)
    }
  }

  /** No more comes in; what waits can still be read. For a reader that is to finish and leave. */
  seal(): void {
    this.#end(new StudioError('stopped', 'the reader was told to finish'))
  }

  close(): void {
    this.#fifo.clear()
    this.#end(new StudioError('stopped', 'the reader has left'))
  }

  /** The program itself is over; what waits can still be read. */
  programEnded(): void {
    this.#end(new StudioError('no-program', 'the program has ended'))
  }

  #end(reason: StudioError): void {
    this.#state = 'sealed'
    this.#keyFrameOwed = false
    this.#ended ??= reason
    this.source.detach()
    this.nudge()
  }

  #begin(): void {
    this.#state = 'open'
    for (const entry of this.source.begin()) this.#enqueue(entry)
    this.#keyFrameOwed = this.#awaitingKey
  }

  #enqueue(entry: QueueEntry): void {
    const { packet, headers } = entry
    if (packet.track && !this.everyTrack) return
    if (packet.kind === 'audio') {
      // Before the first picture there is nothing that the sound could be in step with.
      const early = !this.#hasBegun && headers.video !== null
      if (early || packet.timestampUs < this.#soundFloorUs) return
    } else if (this.#awaitingKey) {
      if (!packet.key) {
        if (this.#hasBegun) this.#framesDropped++
        return
      }
      this.#awaitingKey = false
      this.#keyFrameOwed = false
      this.#hasBegun = true
    }
    this.#fifo.push(entry)
  }

  #peek(): QueueEntry | undefined {
    for (let entry = this.#fifo.peek(); entry; entry = this.#fifo.peek()) {
      // Sound that arrived behind the key frame it precedes belongs to what was dropped.
      if (entry.packet.kind === 'video' || entry.packet.timestampUs >= this.#soundFloorUs) return entry
      this.#fifo.shift()
    }
    return undefined
  }

  #fallBehind(): void {
    if (!this.#fifo.canSkip) return this.#dropAll()
    const { framesDropped, keyUs } = this.#fifo.skipToKeyFrame()
    this.#framesDropped += framesDropped
    this.#soundFloorUs = keyUs
  }

  #dropAll(): void {
    this.#framesDropped += this.#fifo.clear()
    this.#soundFloorUs = this.#fifo.newestUs
    this.#awaitingKey = true
    this.#keyFrameOwed = true
  }

  #askKeyFrame(): void {
    const nowMs = this.source.monotonicMs()
    if (nowMs - this.#keyFrameAskedAtMs < this.limits.keyFrameEveryMs) return
    this.#keyFrameAskedAtMs = nowMs
    this.#keyFrameOwed = false
    this.source.askKeyFrame()
  }

  /** Lets whoever waits for something new look again. */
  nudge(): void {
    const wake = this.#wake
    this.#wake = null
    wake?.()
  }

  /** Why nothing more will come; null while something may. What waits can still be read. */
  get ended(): StudioError | null {
    return this.#ended
  }

  /** Resolves when there may be something new to read, or the end; takes nothing. One at a time, and not beside `next`. */
  somethingNew(signal: AbortSignal): Promise<void> {
    if (this.#wake) throw new Error('a bus subscriber has one reader')
    return new Promise((resolve, reject) => {
      const onAbort = () => {
        this.#wake = null
        reject(signal.reason)
      }
      this.#wake = () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      }
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }
}
