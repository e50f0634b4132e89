/** The times of one SRT connection; tests shorten them. */
export interface SrtLimits {
  /** From the first step until the peer has let us in. A listener waits for its caller without an end. */
  connectMs: number
  /** Without anything acknowledged while something waits. libsrt itself gives a silent peer up after 5 s. */
  stallMs: number
  /** On *End*: for what is queued to be acknowledged. */
  drainMs: number
  /** On *End*, after that: the longest delay of a receiver that is waited for. It throws away what it has not played when we hang up. */
  longestLatencyMs: number
  /** Figures and the watch on stalls. Whoever looks after congestion looks ten times a second. */
  reportMs: number
  /**
   * How much media may be on the way at once, ms, besides the round trip; what is more waits where it can be dropped by key
   * frames. libsrt throws away what it could not send for a second.
   */
  onTheWayMs: number
  /** A peer that hangs up this soon did not want us. */
  firstMomentsMs: number
}

export const SRT_LIMITS: SrtLimits = { connectMs: 5000, stallMs: 10_000, drainMs: 2000, longestLatencyMs: 8000, reportMs: 100, onTheWayMs: 500, firstMomentsMs: 1000 }

/** The end of a run may take this long: the queue drains, then the receiver plays what it holds back. */
export const SRT_STOP_LIMIT_MS = SRT_LIMITS.drainMs + SRT_LIMITS.longestLatencyMs + 2000
