import type { Packet, ProgramHeaders } from '@shared/domain/packet.ts'

/** Whatever is asked for, no more memory than this: ten minutes at 6.8 Mbit/s. */
export const MAX_REPLAY_BYTES = 512 * 1024 * 1024

interface Group {
  packets: Packet[]
  bytes: number
  startUs: number
}

/**
 * The last seconds of the coded program, from a key frame on: whole groups of pictures, of which the oldest goes when those
 * behind it are long enough. The frames' bytes are shared with the bus, not copied.
 */
export class ReplayBuffer {
  #headers: ProgramHeaders | null = null
  #groups: Group[] = []
  #bytes = 0
  #newestUs = 0

  constructor(
    private readonly keepUs: number,
    private readonly maxBytes = MAX_REPLAY_BYTES,
  ) {}

  get headers(): ProgramHeaders | null {
    return this.#headers
  }

  get bytes(): number {
    return this.#bytes
  }

  /** How long what is kept is, at most what was asked for and one group more, s. */
  get seconds(): number {
    const first = this.#groups[0]
    return first ? Math.max(0, this.#newestUs - first.startUs) / 1e6 : 0
  }

  /** Everything that is kept, in the order of times. */
  get packets(): Packet[] {
    return this.#groups.flatMap(({ packets }) => packets).toSorted((a, b) => a.timestampUs - b.timestampUs)
  }

  /** What was kept cannot be in one file with what comes. */
  setHeaders(headers: ProgramHeaders): void {
    if (headers.epoch !== this.#headers?.epoch) this.clear()
    this.#headers = headers
  }

  push(packet: Packet): void {
    const begins = packet.kind === 'video' ? packet.key : this.#headers?.video === null
    if (begins) this.#groups.push({ packets: [], bytes: 0, startUs: packet.timestampUs })
    const group = this.#groups.at(-1)
    if (!group) return
    group.packets.push(packet)
    group.bytes += packet.data.byteLength
    this.#bytes += packet.data.byteLength
    this.#newestUs = Math.max(this.#newestUs, packet.timestampUs)
    this.#forgetOldest()
  }

  clear(): void {
    this.#groups = []
    this.#bytes = 0
    this.#newestUs = 0
  }

  #forgetOldest(): void {
    let gone = 0
    while (this.#groups.length - gone > 0) {
      const next = this.#groups[gone + 1]
      const longEnough = next !== undefined && this.#newestUs - next.startUs >= this.keepUs
      if (!longEnough && this.#bytes <= this.maxBytes) break
      this.#bytes -= this.#groups[gone]?.bytes ?? 0
      gone++
    }
    if (gone > 0) this.#groups.splice(0, gone)
  }
}
