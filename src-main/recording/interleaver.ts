import type { Packet } from '@shared/domain/packet.ts'

/** One kind is waited for no longer than this while the other goes on, µs. */
const MAX_HOLD_US = 1_000_000

export interface Expected {
  video: boolean
  audio: boolean
  /** Further sound tracks, 2 to 6, each a kind of its own. */
  tracks?: readonly number[]
}

/**
 * Puts sound and picture in the order of their times, so that a cut between two files has everything before it in one and
 * everything after it in the other: a frame is passed on as soon as all others have come as far.
 */
export class Interleaver {
  /** By kind, and by track where it is a further sound. */
  readonly #waiting: ReadonlyMap<string, Packet[]>

  constructor({ video, audio, tracks = [] }: Expected) {
    const lanes = [...(video ? ['video'] : []), ...(audio ? ['audio', ...tracks.map((track) => `audio${track}`)] : [])]
    this.#waiting = new Map(lanes.map((lane) => [lane, []]))
  }

  push(packet: Packet): Packet[] {
    const lane = this.#waiting.get(`${packet.kind}${packet.track ?? ''}`)
    if (!lane) return []
    if (this.#waiting.size === 1) return [packet]
    lane.push(packet)
    return this.#take((oldest, newest) => newest.timestampUs - oldest.timestampUs <= MAX_HOLD_US)
  }

  /** Everything that waits. */
  drain(): Packet[] {
    return this.#take(() => false)
  }

  /** While one kind has nothing waiting, `wait` says whether the others wait for it. */
  #take(wait: (oldest: Packet, newest: Packet) => boolean): Packet[] {
    const ready: Packet[] = []
    for (;;) {
      let first: { queue: Packet[]; next: Packet } | null = null
      let isAnyEmpty = false
      for (const queue of this.#waiting.values()) {
        const [next] = queue
        if (!next) isAnyEmpty = true
        else if (!first || next.timestampUs < first.next.timestampUs) first = { queue, next }
      }
      if (!first) return ready
      const { queue, next } = first
      if (isAnyEmpty && wait(next, queue.at(-1) ?? next)) return ready
      ready.push(next)
      queue.shift()
    }
  }
}
