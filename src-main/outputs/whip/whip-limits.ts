import { HTTP_LIMITS, type HttpLimits } from './http-request.ts'
import type { LineLimits } from './line-watch.ts'

/** The times of one WHIP output; tests shorten them. */
export interface WhipLimits extends LineLimits {
  http: HttpLimits
  /** For the page to make its offer. */
  offerMs: number
  /** On *End*, for telling the server. */
  farewellMs: number
  /** The same when the line is broken or a new attempt waits: the place at the server should be free, but not at any price. */
  partingMs: number
  /** The watch on the line. */
  watchMs: number
}

export const WHIP_LIMITS: WhipLimits = {
  http: HTTP_LIMITS,
  offerMs: 10_000,
  connectMs: 10_000,
  silentMs: 5000,
  leastSilentMs: 3000,
  restoreMs: 5000,
  pageSilentMs: 15_000,
  farewellMs: 3000,
  partingMs: 1000,
  watchMs: 250,
}
