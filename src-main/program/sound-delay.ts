import type { Packet } from '@shared/domain/packet.ts'

/** Sound waits at most this long for a picture, by its own time stamps: a transcoder that stalls must not silence the show. */
const MAX_DELAY_MS = 1000

/**
 * Holds sound until the picture of its time has come, so that what is delayed on its way (a transcoded picture) and what
 * is not leave in the order of their time stamps, as FLV and players expect.
 */
export class SoundDelay {
  readonly #waiting: Packet[] = []

  constructor(
    private readonly out: (packet: Packet) => void,
    private readonly maxDelayMs = MAX_DELAY_MS,
  ) {}

  push(packet: Packet): void {
    this.#waiting.push(packet)
    this.release(packet.timestampUs - this.maxDelayMs * 1000)
  }

  /** The picture has come up to here: all sound until then may go. */
  release(untilUs: number): void {
    for (let first = this.#waiting[0]; first && first.timestampUs <= untilUs; first = this.#waiting[0]) {
      this.#waiting.shift()
      this.out(first)
    }
  }

  /** Forgets what waits: its picture will not come. */
  clear(): void {
    this.#waiting.length = 0
  }
}
