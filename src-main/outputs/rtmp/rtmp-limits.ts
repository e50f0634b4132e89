/** The times and sizes of one RTMP connection; tests shorten them. */
export interface RtmpLimits {
  /** From the first step until publishing is allowed. */
  connectMs: number
  /** Without any accepted byte while some wait. */
  stallMs: number
  /** A server that does not acknowledge has accepted media when it keeps the connection open for this long. */
  settleMs: number
  /** A close without a word within this time after `publish` was allowed is a refusal. */
  firstMomentsMs: number
  /** On *End*: for sending what is queued. */
  drainMs: number
  /** On *End*, after that: for the farewell to leave and the server to close. */
  farewellMs: number
  /** Figures and the watch on stalls; ten times a second, because the rate of the encoder depends on them. */
  reportMs: number
  /**
   * For how long the line may be busy with what is on the way, ms; what is more waits where it can be dropped by key frames.
   * With the 700 ms at which the bus drops and a key frame of half a second the whole queue stays under 2 s.
   */
  onTheWayMs: number
}

export const RTMP_LIMITS: RtmpLimits = {
  connectMs: 8000,
  stallMs: 10_000,
  settleMs: 250,
  firstMomentsMs: 1000,
  drainMs: 2000,
  farewellMs: 1000,
  reportMs: 100,
  onTheWayMs: 450,
}
