import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'

/** A packet with the headers that were valid when it was made. The payload is shared by all readers, never copied. */
export interface QueueEntry {
  packet: Packet
  headers: ProgramHeaders
}

/** First in, first out, with its age, its size and its newest key frame always known. Every step takes constant time, taken over all steps. */
export class PacketFifo {
  #entries: QueueEntry[] = []
  #head = 0
  /** Index of the newest key frame of video, or -1. */
  #keyAt = -1
  #bytes = 0
  #newestUs = 0

  get length(): number {
    return this.#entries.length - this.#head
  }

  get bytes(): number {
    return this.#bytes
  }

  /** Newest minus oldest time stamp, ms. */
  get ageMs(): number {
    const oldest = this.peek()
    return oldest ? Math.max(0, (this.#newestUs - oldest.packet.timestampUs) / 1000) : 0
  }

  /** The newest time stamp ever pushed, µs. */
  get newestUs(): number {
    return this.#newestUs
  }

  /** True when a key frame waits behind the oldest entry, so that there is something to skip to. */
  get canSkip(): boolean {
    return this.#keyAt > this.#head
  }

  push(entry: QueueEntry): void {
    this.#entries.push(entry)
    if (isKeyFrame(entry.packet)) this.#keyAt = this.#entries.length - 1
    this.#bytes += entry.packet.data.byteLength
    this.#newestUs = Math.max(this.#newestUs, entry.packet.timestampUs)
  }

  peek(): QueueEntry | undefined {
    return this.#entries[this.#head]
  }

  shift(): QueueEntry | undefined {
    const entry = this.#entries[this.#head]
    if (!entry) return undefined
    this.#bytes -= entry.packet.data.byteLength
    this.#head++
    if (this.#keyAt < this.#head) this.#keyAt = -1
    if (this.#head === this.#entries.length) this.#replace([])
    else if (this.#head >= 64 && this.#head * 2 >= this.#entries.length) this.#replace(this.#entries.slice(this.#head))
    return entry
  }

  /**
   * Drops everything before the newest key frame, except sound that is to be heard with or after it.
   * Returns the frames of video dropped and the key frame's time stamp. Only while `canSkip`.
   */
  skipToKeyFrame(): { framesDropped: number; keyUs: number } {
    const key = this.#entries[this.#keyAt]
    if (!key || !this.canSkip) throw new Error('there is no key frame to skip to')
    const skipped = this.#entries.slice(this.#head, this.#keyAt)
    const keyUs = key.packet.timestampUs
    const sound = skipped.filter(({ packet }) => packet.kind === 'audio' && packet.timestampUs >= keyUs)
    this.#replace([key, ...sound, ...this.#entries.slice(this.#keyAt + 1)])
    return { framesDropped: countFrames(skipped), keyUs }
  }

  /** Drops everything; returns the frames of video dropped. */
  clear(): number {
    const framesDropped = countFrames(this.#entries.slice(this.#head))
    this.#replace([])
    return framesDropped
  }

  #replace(entries: QueueEntry[]): void {
    this.#entries = entries
    this.#head = 0
    this.#keyAt = entries.findLastIndex(({ packet }) => isKeyFrame(packet))
    this.#bytes = entries.reduce((sum, { packet }) => sum + packet.data.byteLength, 0)
  }
}

export const isKeyFrame = (packet: Packet): boolean => packet.kind === 'video' && packet.key

const countFrames = (entries: readonly QueueEntry[]): number => entries.filter(({ packet }) => packet.kind === 'video').length
