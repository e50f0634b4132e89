import { isKeyFrame, type QueueEntry } from './packet-fifo.ts'

/** Key frames come every 1 to 4 s; a group that grows past this is of no use to a reader that starts now. */
const MAX_SPAN_MS = 10_000
/** 10 s at the highest rate that may be set (20 Mbit/s), and a quarter more. */
const MAX_BYTES = 32 * 1024 * 1024

/** The group of pictures since the last key frame, with its sound. Empty while there is none, or none of a sensible size. */
export class GroupCache {
  #entries: QueueEntry[] = []
  #bytes = 0

  constructor(
    private readonly maxSpanMs = MAX_SPAN_MS,
    private readonly maxBytes = MAX_BYTES,
  ) {}

  /** Begins with a key frame. Valid until the next push. */
  get entries(): readonly QueueEntry[] {
    return this.#entries
  }

  get bytes(): number {
    return this.#bytes
  }

  /** From the key frame to the newest packet, ms. */
  get spanMs(): number {
    const first = this.#entries[0]
    const last = this.#entries.at(-1)
    return first && last ? Math.max(0, (last.packet.timestampUs - first.packet.timestampUs) / 1000) : 0
  }

  push(entry: QueueEntry): void {
    if (isKeyFrame(entry.packet)) this.clear()
    else if (this.#entries.length === 0) return
    this.#entries.push(entry)
    this.#bytes += entry.packet.data.byteLength
    if (this.spanMs > this.maxSpanMs || this.#bytes > this.maxBytes) this.clear()
  }

  clear(): void {
    this.#entries = []
    this.#bytes = 0
  }
}
