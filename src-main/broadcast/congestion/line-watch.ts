import type { OutputFigures } from '@shared/domain/output.ts'

/** What is looked at of an output's figures. */
export type LineFigures = Pick<OutputFigures, 'queueMs' | 'bytesSent' | 'bytesAcknowledged' | 'rttMs' | 'lineKbps' | 'knownKbps' | 'line'>

/** What one line is like now. */
export interface LineReading {
  /** What waits beyond what always waits there (the way there and back, a protocol's own delay), ms. */
  excessMs: number
  /** What the line takes, kbit/s, sound and framing included; null unless it has been kept busy long enough to tell. */
  kbps: number | null
  /** What it was last seen to take, busy or not; null where that is not known. */
  knownKbps: number | null
  /** How much longer the way has become, ms; 0 where the output does not tell. */
  rttGrowthMs: number
  /** For how long it has been known to take nothing at all, ms; 0 for any other. */
  deadForMs: number
  lossPercent: number
}

/** The shortest queue and way of this long are taken for what the line has without any congestion. */
const BASE_WINDOW_MS = 10_000
/** A queue longer than this is never normal: a line that stood full for the whole window must not look clean. */
const MAX_BASE_MS = 500
/** From this on a queue means that the line is the one that cannot do more. */
const BUSY_MS = 100
/** A rate is taken over as much as this, and over no less than that. */
const [MAX_RATE_MS, MIN_RATE_MS] = [1000, 300]

interface Sample {
  atMs: number
  queueMs: number
  rttMs: number | null
  bytes: number
  busy: boolean
}

/** Reads one output's figures as a line. Pure: the caller brings the time, ms of a monotonic clock. One per run of an output. */
export class LineWatch {
  #samples: Sample[] = []
  #reading: LineReading = { excessMs: 0, kbps: null, knownKbps: null, rttGrowthMs: 0, lossPercent: 0, deadForMs: 0 }
  #deadSinceMs: number | null = null

  /** Looks at the newest figures, best ten times a second; more rarely works too, only later. */
  look(figures: LineFigures, atMs: number): LineReading {
    const { queueMs, rttMs } = figures
    // An output that reports more rarely has no news.
    const newest = this.#samples.at(-1)
    if (newest && queueMs > 0 && newest.queueMs === queueMs && newest.bytes === bytesOf(figures) && newest.rttMs === rttMs) return this.#reading
    this.#samples = this.#samples.filter((each) => atMs - each.atMs <= BASE_WINDOW_MS)
    const bytes = bytesOf(figures)
    // Counters that fall belong to another run of the output: another connection, perhaps another way.
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = []
    const excessMs = queueMs - Math.min(MAX_BASE_MS, queueMs, ...this.#samples.map((each) => each.queueMs))
    this.#samples.push({ atMs, queueMs, rttMs, bytes, busy: excessMs >= BUSY_MS })
    const kbps = figures.lineKbps === undefined ? this.#measuredKbps(atMs) : figures.lineKbps
    this.#deadSinceMs = kbps === 0 ? (this.#deadSinceMs ?? atMs) : null
    this.#reading = {
      excessMs,
      kbps,
      knownKbps: figures.knownKbps ?? null,
      deadForMs: this.#deadSinceMs === null ? 0 : atMs - this.#deadSinceMs,
      // Where the line is measured the way there and back contains the queue, as it was some time ago.
      rttGrowthMs: rttMs === null || figures.lineKbps !== undefined ? 0 : rttMs - Math.min(rttMs, ...this.#samples.flatMap((each) => each.rttMs ?? [])),
      lossPercent: figures.line?.lossPercent ?? 0,
    }
    return this.#reading
  }

  /** What left while the queue stood, for outputs that do not measure their line themselves. */
  #measuredKbps(nowMs: number): number | null {
    const busyFrom = this.#samples.findLastIndex((each) => !each.busy) + 1
    const first = this.#samples.slice(busyFrom).find((each) => nowMs - each.atMs <= MAX_RATE_MS)
    const last = this.#samples.at(-1)
    if (!first || !last || last.atMs - first.atMs < MIN_RATE_MS) return null
    return ((last.bytes - first.bytes) * 8) / (last.atMs - first.atMs)
  }
}

const bytesOf = ({ bytesAcknowledged, bytesSent }: LineFigures): number => bytesAcknowledged ?? bytesSent
