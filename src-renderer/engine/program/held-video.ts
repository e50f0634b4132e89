import type { VideoHeader } from '@shared/domain/packet.ts'
import type { EngineClock } from '../clock.ts'

/** While the hold grows or shrinks in mid-stream, each picture comes by at most this part of its length later or sooner. */
const GLIDE = 0.25

export interface HeldVideoEvents {
  onHeader(header: VideoHeader): void
  /** `timestampUs`: the chunk's own, moved by as much as it was held back. */
  onChunk(chunk: EncodedVideoChunk, key: boolean, timestampUs: number): void
}

type Held = { atUs: number; give(): void }

/**
 * Holds coded pictures back against the sound, and moves their time stamps by as much, so that they still leave in the order
 * of their stamps. A hold that changes in mid-stream is reached in small steps: a picture could be dropped only at the price
 * of all that follow it, and stamps may never go back.
 */
export class HeldVideo {
  #targetUs = 0
  #holdUs = 0
  #lastUs: number | null = null
  #queue: Held[] = []
  #headers: VideoHeader[] = []
  #callOff: (() => void) | null = null

  constructor(
    private readonly clock: EngineClock,
    private readonly events: HeldVideoEvents,
  ) {}

  /** How long pictures are to be held back, µs; at once before the first picture, in steps after it. */
  set holdUs(holdUs: number) {
    this.#targetUs = holdUs
    if (this.#lastUs === null) this.#holdUs = holdUs
  }

  /** For the chunks from here on; it leaves just before the first of them. */
  header(header: VideoHeader): void {
    this.#headers.push(header)
  }

  chunk(chunk: EncodedVideoChunk, key: boolean): void {
    const stepUs = this.#lastUs === null ? 0 : Math.max(0, chunk.timestamp - this.#lastUs) * GLIDE
    this.#lastUs = chunk.timestamp
    this.#holdUs += Math.max(-stepUs, Math.min(stepUs, this.#targetUs - this.#holdUs))
    const headers = this.#headers.splice(0)
    const atUs = Math.round(chunk.timestamp + this.#holdUs)
    this.#queue.push({
      atUs,
      give: () => {
        for (const header of headers) this.events.onHeader(header)
        this.events.onChunk(chunk, key, atUs)
      },
    })
    this.#giveDue()
  }

  /** Forgets what it holds: what was said after it has no picture any more. The next picture is a first one again. */
  clear(): void {
    this.#callOff?.()
    this.#callOff = null
    this.#queue = []
    this.#headers = []
    this.#lastUs = null
    this.#holdUs = this.#targetUs
  }

  /** Without a hold a picture leaves as soon as it is coded, in the same turn. */
  #giveDue(): void {
    this.#callOff?.()
    this.#callOff = null
    let next = this.#queue[0]
    while (next && (this.#holdUs === 0 || next.atUs <= this.clock.wallUs())) {
      this.#queue.shift()
      next.give()
      next = this.#queue[0]
    }
    if (next) this.#callOff = this.clock.after((next.atUs - this.clock.wallUs()) / 1000, () => this.#giveDue())
  }
}
