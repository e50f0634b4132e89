import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'
import type { Clock } from '../base/clock.ts'
import type { BusItem, BusSubscriber } from '../bus/bus-subscriber.ts'
import type { SubscriberQueue } from '../bus/subscriber-queue.ts'

/** A reader of one bus. */
export type FeedReader = Pick<SubscriberQueue, keyof BusSubscriber | 'ended' | 'somethingNew' | 'nudge' | 'seal'>

/** A content that is waited for. */
interface Coming {
  reader: FeedReader
  headers: ProgramHeaders | null
  onSwitched: () => void
  over: AbortController
}

/** Time stamps further than this from where the feed should be by now come from another clock. */
const SAME_CLOCK_US = 2_000_000
const EPOCHS = 0x10000
/** From the newest time stamp of the old content to the first of one with another clock, at least. */
const SMALLEST_STEP_US = 20_000

/**
 * One output's feed, which can change from one content to another without its connection noticing more than new headers:
 * the old one goes on until the new one's first key frame is here; epochs and time stamps go on rising. Until it is first
 * switched, everything passes as it is.
 */
export class SwitchableFeed implements BusSubscriber {
  #current: FeedReader
  #coming: Coming | null = null
  /** The key frame with which the present content began, until it is read. */
  #firstPacket: Packet | null = null
  #switched = false
  /** Added to the epochs and time stamps of the present content. */
  #epochShift = 0
  #offsetUs = 0
  #toldEpoch = 0
  readonly #lastUs: Record<Packet['kind'], number> = { video: Number.NEGATIVE_INFINITY, audio: Number.NEGATIVE_INFINITY }
  #newestAtMs = 0
  #droppedBefore = 0

  constructor(
    first: FeedReader,
    private readonly clock: Pick<Clock, 'monotonicMs'>,
    private readonly onClose: () => void = () => {},
  ) {
    this.#current = first
  }

  get queuedMs(): number {
    return this.#current.queuedMs
  }

  get queuedBytes(): number {
    return this.#current.queuedBytes
  }

  get framesDropped(): number {
    return this.#droppedBefore + this.#current.framesDropped
  }

  /** Goes over to this reader at its first key frame. It must begin with one that is yet to come, and belongs to the feed from now on. */
  switchTo(reader: FeedReader, onSwitched: () => void = () => {}): void {
    this.stay()
    const over = new AbortController()
    this.#coming = { reader, headers: null, onSwitched, over }
    void this.#watch(reader, over.signal)
    this.#current.nudge()
  }

  /** What was coming is no longer wanted. */
  stay(): void {
    const coming = this.#coming
    this.#coming = null
    coming?.over.abort()
    coming?.reader.close()
  }

  tryNext(): BusItem | null {
    const headers = this.#switchWhenReady()
    if (headers) return this.#passHeaders(headers)
    const first = this.#firstPacket
    this.#firstPacket = null
    for (let item = first ? asItem(first) : this.#current.tryNext(); item; item = this.#current.tryNext()) {
      const passed = item.type === 'headers' ? this.#passHeaders(item.headers, item) : this.#passPacket(item.packet, item)
      if (passed) return passed
    }
    return null
  }

  async next(signal: AbortSignal): Promise<BusItem> {
    for (;;) {
      signal.throwIfAborted()
      const item = this.tryNext()
      if (item) return item
      if (this.#current.ended && (!this.#coming || this.#coming.reader.ended)) throw this.#current.ended
      await this.#current.somethingNew(signal)
    }
  }

  seal(): void {
    this.stay()
    this.#current.seal()
  }

  close(): void {
    this.stay()
    this.#firstPacket = null
    this.#current.close()
    this.onClose()
  }

  /** What comes in for the content that is waited for wakes the feed's reader. */
  async #watch(reader: FeedReader, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#current.nudge()
      await reader.somethingNew(signal).catch(() => {})
    }
  }

  /** Goes over to what is coming once its first key frame is here; answers its headers then. What waits of the old one is left behind. */
  #switchWhenReady(): ProgramHeaders | null {
    const coming = this.#coming
    if (!coming) return null
    for (let item = coming.reader.tryNext(); item; item = coming.reader.tryNext()) {
      if (item.type === 'headers') coming.headers = item.headers
      else if (coming.headers) return this.#switch(coming, coming.headers, item.packet)
    }
    return null
  }

  #switch(coming: Coming, headers: ProgramHeaders, first: Packet): ProgramHeaders {
    this.#coming = null
    coming.over.abort()
    this.#droppedBefore += this.#current.framesDropped
    this.#current.close()
    this.#current = coming.reader
    this.#firstPacket = first
    this.#switched = true
    this.#epochShift = (this.#toldEpoch + 1 - headers.epoch + EPOCHS) % EPOCHS
    this.#meetClock(first.timestampUs)
    coming.onSwitched()
    return headers
  }

  /** All contents come from one page with one clock; only after a page was reloaded may the studio have shifted one of them. */
  #meetClock(timestampUs: number): void {
    const newestUs = Math.max(this.#lastUs.video, this.#lastUs.audio)
    if (newestUs === Number.NEGATIVE_INFINITY) return
    const expectedUs = newestUs + (this.clock.monotonicMs() - this.#newestAtMs) * 1000
    const fits = (offsetUs: number) => timestampUs + offsetUs > this.#lastUs.video && Math.abs(timestampUs + offsetUs - expectedUs) <= SAME_CLOCK_US
    this.#offsetUs = [this.#offsetUs, 0].find(fits) ?? Math.max(expectedUs, newestUs + SMALLEST_STEP_US) - timestampUs
  }

  #passHeaders(headers: ProgramHeaders, asItIs?: BusItem): BusItem {
    this.#toldEpoch = (headers.epoch + this.#epochShift) % EPOCHS
    return !this.#switched && asItIs ? asItIs : { type: 'headers', headers: { ...headers, epoch: this.#toldEpoch } }
  }

  /** Null for what would not rise: the new content's sound from before the old one's last. */
  #passPacket(packet: Packet, asItIs: BusItem): BusItem | null {
    const timestampUs = packet.timestampUs + this.#offsetUs
    if (this.#switched && timestampUs <= this.#lastUs[packet.kind]) return null
    this.#lastUs[packet.kind] = timestampUs
    this.#newestAtMs = this.clock.monotonicMs()
    return this.#switched ? asItem({ ...packet, timestampUs, epoch: (packet.epoch + this.#epochShift) % EPOCHS }) : asItIs
  }
}

const asItem = (packet: Packet): BusItem => ({ type: 'packet', packet })
