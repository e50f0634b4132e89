/** A segment that is finished and not in its place yet. */
export interface WaitingSegment {
  sizeBytes: number
  durationMs: number
  /** When it was finished, monotonic. */
  atMs: number
}

/** A connection begins slowly after each pause (RFC 5681, 4.1): the first half second does not tell what it takes, the second one does. */
const [SLOW_START_MS, SETTLE_MS] = [500, 1000]
/** A rate is taken over this long, and over no less than that. */
const [RATE_OVER_MS, RATE_LEAST_MS] = [1000, 300]
/** No more than this is foretold: a line that takes next to nothing would need hours. */
const MAX_LATE_MS = 20_000

/**
 * What an upload of whole segments shows of its line: how much of the segment under way has arrived, and how long whole ones took
 * until the server had confirmed them (2xx). Between two segments a line shows nothing. Pure: the caller brings the time, ms of a monotonic clock.
 */
export class UploadLine {
  #upload: { sizeBytes: number; fromMs: number; samples: { arrivedBytes: number; atMs: number }[]; roseAtMs: number } | null = null
  /** What the last whole segment left with, kbit/s. */
  #lastKbps: number | null = null

  /** A segment begins to leave; one that is tried again begins anew. */
  begins(sizeBytes: number, nowMs: number): void {
    this.#upload = { sizeBytes, fromMs: nowMs, samples: [{ arrivedBytes: 0, atMs: nowMs }], roseAtMs: nowMs }
  }

  /** So much of it has arrived, as far as the system tells. About four times a second. */
  arrived(bytes: number, nowMs: number): void {
    const upload = this.#upload
    const before = upload?.samples.at(-1)
    if (!upload || !before) return
    const { sizeBytes, samples, fromMs } = upload
    const arrivedBytes = Math.min(sizeBytes, Math.max(before.arrivedBytes, bytes))
    if (arrivedBytes > before.arrivedBytes) upload.roseAtMs = nowMs
    samples.push({ arrivedBytes, atMs: nowMs })
    const isOver = ({ atMs }: { atMs: number }) => nowMs - atMs >= RATE_OVER_MS || atMs - fromMs <= SLOW_START_MS
    while (samples.length > 2 && samples[1] && isOver(samples[1])) samples.shift()
  }

  /** The server has confirmed it (true), or refused it or gone. */
  ends(confirmed: boolean, nowMs: number): void {
    if (confirmed && this.#upload) this.#lastKbps = meanKbps(this.#upload, nowMs)
    this.#upload = null
  }

  /** What the line takes, kbit/s; null while nothing leaves, and while it is not known. */
  kbps(nowMs: number): number | null {
    const upload = this.#upload
    if (!upload) return null
    const [first, last] = [upload.samples[0], upload.samples.at(-1)]
    // Nobody tells how far it is: it may be as good as there.
    if (!first || !last || first === last) return null
    if (nowMs - upload.fromMs < SETTLE_MS) return this.#lastKbps
    // The system has taken all of it, and nobody knows where it is: the line takes no more than that in this time.
    if (last.arrivedBytes >= upload.sizeBytes) return meanKbps(upload, nowMs)
    return last.atMs - first.atMs < RATE_LEAST_MS ? this.#lastKbps : ((last.arrivedBytes - first.arrivedBytes) * 8) / (last.atMs - first.atMs)
  }

  /** What it was last seen to take, kbit/s, busy or not: a segment leaves as fast as the line lets it. Null before the first. */
  knownKbps(nowMs: number): number | null {
    return this.kbps(nowMs) ?? this.#lastKbps
  }

  /**
   * How much later than it should the latest of these (oldest first, the one under way in front) will be in its place, ms. Each may
   * take as long as it lasts: the next one is not finished before.
   */
  lateMs(waiting: readonly WaitingSegment[], nowMs: number): number {
    const kbps = this.kbps(nowMs)
    const arrived = this.#upload?.samples.at(-1)?.arrivedBytes ?? 0
    let leftBytes = -arrived
    let late = 0
    for (const [index, { sizeBytes, durationMs, atMs }] of waiting.entries()) {
      leftBytes += sizeBytes
      const needsMs = kbps ? (Math.max(0, leftBytes) * 8) / kbps : 0
      late = Math.max(late, nowMs + Math.min(needsMs, MAX_LATE_MS) - atMs - durationMs)
      // Nothing arrives: it is late by as long as that lasts, whatever was due when.
      if (index === 0 && kbps === 0) late = Math.max(late, nowMs - (this.#upload?.roseAtMs ?? nowMs))
    }
    return late
  }
}

const meanKbps = ({ sizeBytes, fromMs }: { sizeBytes: number; fromMs: number }, nowMs: number): number => (sizeBytes * 8) / Math.max(1, nowMs - fromMs)
