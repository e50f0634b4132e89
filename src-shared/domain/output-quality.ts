import type { LineQuality } from './diagnostics.ts'
import { lineQualityOf } from './line-quality.ts'
import type { OutputState } from './output.ts'

/** What a destination's line did lately, by what is really sent over it. */
export interface OutputLine {
  state: OutputState
  /** How long a frame that comes now waits until the other side has it, ms. */
  queueMs: number
  /** null where it is not known. */
  rttMs: number | null
  lossPercent: number | null
  /** Frames were left out over the last second. */
  framesDropped: number
  /** For how long a server that confirms all the time has confirmed nothing, ms; null where that is not so. */
  silentMs: number | null
}

/** From which wait on a line is this bad, ms: half a second is a hiccup, at 2 s frames are given up. */
const WAITS = [
  { quality: 5, queueMs: 2000 },
  { quality: 4, queueMs: 1000 },
  { quality: 3, queueMs: 500 },
] as const
/** A line that has to leave frames out carries less than the show. */
const DROPPING = 4
const SILENT_MS = 3000

/** One number for a destination while it is live, on the scale of `lineQualityOf`: 0 not known yet, 1 excellent, 6 down. */
export function outputQuality({ state, queueMs, rttMs, lossPercent, framesDropped, silentMs }: OutputLine): LineQuality {
  if (state === 'recovering' || state === 'failed') return 6
  if (state !== 'running') return 0
  const measured = lineQualityOf({ connected: true, rttMs: rttMs ?? undefined, lossRate: lossPercent === null ? undefined : lossPercent / 100 })
  const waits = WAITS.find((limit) => queueMs >= limit.queueMs)?.quality ?? 1
  const worst = Math.max(measured, waits, framesDropped > 0 ? DROPPING : 1, (silentMs ?? 0) >= SILENT_MS ? 5 : 1)
  return worst as LineQuality
}
