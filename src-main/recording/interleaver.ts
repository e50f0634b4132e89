import type { Packet } from '@shared/domain/packet.ts'

/** One kind is waited for no longer than this while the other goes on, µs. */
const MAX_HOLD_US = 1_000_000

/**
 * Puts sound and picture in the order of their times, so that a cut between two files has everything before it in one and
 * everything after it in the other: a frame is passed on as soon as the other kind has come as far.
 */
export class Interleaver {
  readonly #waiting: Record<Packet['kind'], Packet[]> = { video: [], audio: [] }

  constructor(private readonly expects: { video: boolean; audio: boolean }) {}

  push(packet: Packet): Packet[] {
    if (!this.expects[packet.kind]) return []
    if (!this.expects.video || !this.expects.audio) return [packet]
    this.#waiting[packet.kind].push(packet)
    return this.#take((oldest, newest) => newest.timestampUs - oldest.timestampUs <= MAX_HOLD_US)
  }

  /** Everything that waits. */
  drain(): Packet[] {
    return this.#take(() => false)
  }

  /** While one kind has nothing waiting, `wait` says whether the other waits for it. */
  #take(wait: (oldest: Packet, newest: Packet) => boolean): Packet[] {
    const { video, audio } = this.#waiting
    const ready: Packet[] = []
    for (;;) {
      const [picture, sound] = [video[0], audio[0]]
      const next = !picture ? sound : !sound ? picture : picture.timestampUs <= sound.timestampUs ? picture : sound
      if (!next) return ready
      const queue = next.kind === 'video' ? video : audio
      const newest = queue.at(-1) ?? next
      if ((!picture || !sound) && wait(next, newest)) return ready
      ready.push(next)
      queue.shift()
    }
  }
}
