import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../../base/clock.ts'
import type { BusItem, BusSubscriber } from '../../bus/bus-subscriber.ts'
import { SILENCE, silencePacketAt, TEST_FRAME_RATE, TEST_FRAME_US, TEST_KEY_FRAMES, TEST_SOUND_US, testHeaders, videoPacketAt } from './test-stream.ts'

const TICK_MS = 10
/** What waits longer is dropped up to a key frame, as the program's bus does, only later: here the wait itself is measured. */
const MAX_QUEUED_MS = 3000
/** A computer that stood still for longer does not make up for it: a burst would be no constant rate. */
const MAX_LATE_US = 500_000

/**
 * What an output reads instead of the program: the test stream at an exact rate, frame by frame as time passes. It begins to flow
 * when it is first read from, so that nothing waits while a connection is made.
 */
export class PacedFeed implements BusSubscriber {
  framesDropped = 0
  readonly #items: BusItem[]
  readonly #waiting = new Set<() => void>()
  #stop: (() => void) | null = null
  #closed = false
  #startUs = 0
  #frames = 0
  #sounds = 0
  #sinceKey = 0
  /** Bytes that the next frame may have, with fractions carried over. */
  #owedBytes = 0

  constructor(
    private readonly clock: Clock,
    private kbps: number,
  ) {
    this.#items = [{ type: 'headers', headers: testHeaders(kbps) }]
  }

  /** From the next frame on. With `afresh` what waits is thrown away, and the stream goes on with a key frame. */
  setRate(kbps: number, afresh = false): void {
    this.kbps = kbps
    this.#owedBytes = 0
    if (!afresh) return
    this.#items.splice(0, this.#items.length, ...this.#items.filter(({ type }) => type === 'headers'))
    this.#sinceKey = 0
  }

  async next(signal: AbortSignal): Promise<BusItem> {
    this.#begin()
    for (;;) {
      signal.throwIfAborted()
      const item = this.tryNext()
      if (item) return item
      if (this.#closed) throw new StudioError('no-program')
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        this.#waiting.add(wake)
        signal.addEventListener('abort', wake, { once: true })
      })
    }
  }

  tryNext(): BusItem | null {
    return this.#items.shift() ?? null
  }

  get queuedMs(): number {
    const oldest = this.#items.find((item) => item.type === 'packet')
    const newest = this.#items.at(-1)
    return oldest?.type === 'packet' && newest?.type === 'packet' ? (newest.packet.timestampUs - oldest.packet.timestampUs) / 1000 : 0
  }

  get queuedBytes(): number {
    return this.#items.reduce((sum, item) => sum + (item.type === 'packet' ? item.packet.data.length : 0), 0)
  }

  close(): void {
    this.#closed = true
    this.#stop?.()
    this.#stop = null
    this.#items.length = 0
    this.#wake()
  }

  #begin(): void {
    if (this.#stop || this.#closed) return
    this.#startUs = this.clock.monotonicMs() * 1000
    this.#stop = this.clock.every(TICK_MS, () => this.#produce())
    this.#produce()
  }

  #produce(): void {
    const nowUs = this.clock.monotonicMs() * 1000 - this.#startUs
    const lateUs = nowUs - this.#videoUs - MAX_LATE_US
    if (lateUs > 0) this.#startUs += lateUs
    const untilUs = Math.min(nowUs, this.#videoUs + MAX_LATE_US)
    let news = false
    for (; this.#videoUs <= untilUs; news = true) {
      while (this.#audioUs <= this.#videoUs) {
        this.#items.push({ type: 'packet', packet: silencePacketAt(this.#audioUs) })
        this.#owedBytes -= SILENCE.length
        this.#sounds++
      }
      this.#owedBytes += (this.kbps * 125) / TEST_FRAME_RATE
      const packet = videoPacketAt(this.#videoUs, this.#sinceKey, Math.floor(this.#owedBytes))
      this.#owedBytes = Math.max(0, this.#owedBytes - packet.data.length)
      this.#items.push({ type: 'packet', packet })
      this.#frames++
      this.#sinceKey = (this.#sinceKey + 1) % TEST_KEY_FRAMES
      this.#bound()
    }
    if (news) this.#wake()
  }

  /** When the next picture, and the next sound, is due. */
  get #videoUs(): number {
    return this.#frames * TEST_FRAME_US
  }

  get #audioUs(): number {
    return this.#sounds * TEST_SOUND_US
  }

  #bound(): void {
    if (this.queuedMs <= MAX_QUEUED_MS) return
    this.framesDropped += this.#items.filter((item) => item.type === 'packet' && item.packet.kind === 'video').length
    this.setRate(this.kbps, true)
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
  }
}
