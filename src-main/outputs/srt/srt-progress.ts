import { DATAGRAM_BYTES } from './srt-arguments.ts'

interface Mark {
  endByte: number
  atMs: number
}

/** What of the stream has arrived, and for how long nothing has. Pure: the caller brings the time, ms of a monotonic clock. */
export class SrtProgress {
  #writtenBytes = 0
  #acknowledgedBytes = 0
  #stuckSinceMs: number | null = null
  readonly #marks: Mark[] = []
  readonly #samples: { bytes: number; atMs: number }[] = []

  /** Handed to FFmpeg. */
  wrote(bytes: number, nowMs: number): void {
    if (bytes === 0) return
    this.#writtenBytes += bytes
    this.#marks.push({ endByte: this.#writtenBytes, atMs: nowMs })
    this.#stuckSinceMs ??= this.#marks.length > 0 ? nowMs : null
  }

  /** The peer has everything up to this many datagrams. */
  acknowledged(packets: number, nowMs: number): void {
    const bytes = Math.min(packets * DATAGRAM_BYTES, this.#writtenBytes)
    if (bytes <= this.#acknowledgedBytes) return
    this.#acknowledgedBytes = bytes
    // What does not fill a datagram yet stays with FFmpeg, and is not late.
    while (this.#marks[0] && this.#marks[0].endByte - bytes < DATAGRAM_BYTES) this.#marks.shift()
    this.#stuckSinceMs = this.#marks.length > 0 ? nowMs : null
  }

  get writtenBytes(): number {
    return this.#writtenBytes
  }

  get acknowledgedBytes(): number {
    return this.#acknowledgedBytes
  }

  /** Bytes that must follow so that FFmpeg sends the last datagram. */
  get missingToDatagram(): number {
    return (DATAGRAM_BYTES - (this.#writtenBytes % DATAGRAM_BYTES)) % DATAGRAM_BYTES
  }

  /** Age of the oldest media that has not arrived. */
  oldestMs(nowMs: number): number {
    const oldest = this.#marks[0]
    // The last piece may be waiting for its datagram to fill.
    if (!oldest || this.#writtenBytes - this.#acknowledgedBytes < DATAGRAM_BYTES) return 0
    return nowMs - oldest.atMs
  }

  /** For how long something has been waiting without any of it arriving. */
  stuckForMs(nowMs: number): number {
    return this.#stuckSinceMs === null || this.oldestMs(nowMs) === 0 ? 0 : nowMs - this.#stuckSinceMs
  }

  /** kbit/s over the last second or so. Call twice a second or more often with what has left. */
  rate(sentBytes: number, nowMs: number): number {
    this.#samples.push({ bytes: sentBytes, atMs: nowMs })
    while (this.#samples.length > 2 && nowMs - (this.#samples[1]?.atMs ?? nowMs) >= 1000) this.#samples.shift()
    const first = this.#samples[0]
    return first && nowMs > first.atMs ? ((sentBytes - first.bytes) * 8) / (nowMs - first.atMs) : 0
  }
}
