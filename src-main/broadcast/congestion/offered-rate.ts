/** The rate is the higher one of these windows': the short one sees motion begin, the long one evens out single frames. */
const [SHORT_MS, LONG_MS] = [400, 1000]
/** No rate is told of less than this. */
const MIN_MS = 250

interface Step {
  atMs: number
  bytes: number
  ms: number
}

/**
 * What is really offered to the lines, from a rising counter of bytes: a still picture needs far less than its encoder may
 * send. A key frame, or a slide that changes, is much at once and no rate: the largest step of a window counts as though it
 * were spread over a group of pictures. Pure: the caller brings the time (ms of a monotonic clock), best ten times a second.
 */
export class OfferedRate {
  #steps: Step[] = []
  #last: { bytes: number; atMs: number } | null = null

  /** kbit/s, sound included; null until enough was seen. `groupSeconds`: from one key frame to the next. */
  look(totalBytes: number, atMs: number, groupSeconds: number): number | null {
    const last = this.#last
    this.#last = { bytes: totalBytes, atMs }
    // Counters that fall are those of another program.
    if (last && totalBytes < last.bytes) this.#steps = []
    else if (last && atMs > last.atMs) this.#steps.push({ atMs, bytes: totalBytes - last.bytes, ms: atMs - last.atMs })
    this.#steps = this.#steps.filter((each) => atMs - each.atMs < LONG_MS)
    const rates = [SHORT_MS, LONG_MS].flatMap((windowMs) => rateOf(this.#steps.filter((each) => atMs - each.atMs < windowMs), groupSeconds) ?? [])
    return rates.length === 0 ? null : Math.max(...rates)
  }
}

function rateOf(steps: readonly Step[], groupSeconds: number): number | null {
  const ms = steps.reduce((sum, each) => sum + each.ms, 0)
  const largest = steps.reduce<Step | null>((most, each) => (most === null || each.bytes > most.bytes ? each : most), null)
  if (!largest || steps.length < 2 || ms < MIN_MS) return null
  const bytes = steps.reduce((sum, each) => sum + each.bytes, 0)
  const groupMs = Math.max(groupSeconds * 1000, largest.ms)
  const others = (bytes - largest.bytes) / (ms - largest.ms)
  return 8 * (others * (1 - largest.ms / groupMs) + largest.bytes / groupMs)
}
