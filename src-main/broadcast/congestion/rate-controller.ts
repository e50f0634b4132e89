import { type FrameStep, frameStepFor, leastKbps } from '@shared/domain/frame-steps.ts'
import { type LineFigures, type LineReading, LineWatch } from './line-watch.ts'

/** An output that decides: required, running, and fed by the shared encoder. */
export interface DecidingLine {
  id: string
  figures: LineFigures
}

export interface RateBounds {
  /** What the user has set for the picture, kbit/s: never exceeded. */
  ceilingKbps: number
  /** The user's floor, kbit/s: below it there are fewer pictures, not worse ones. */
  floorKbps: number
  frameRate: number
  audioKbps: number
  /** What is really sent to every line, sound included, kbit/s: a still picture needs far less than the target. Absent or null = as much as it may be. */
  offeredKbps?: number | null
}

/** What is in force, and who is the reason. */
export interface RateDecision {
  videoKbps: number
  frameStep: FrameStep
  /** `full`: as the user has set it. `reduced`: a line takes less. `rising`: on the way back. */
  state: 'full' | 'reduced' | 'rising'
  /** Whose line takes the least; null at `full`. */
  decidedBy: string | null
  /** What that line was last found to take, sound included, kbit/s; null where it could not be measured. */
  lineKbps: number | null
}

/** A line counts as too thin from this queue on, far below the 700 ms at which the bus drops frames. */
const TRIGGER_MS = 150
/** With a queue like this the rate goes down although the line seems to take it: the rest would take too long to leave. */
const [HIGH_MS, HIGH_SHARE] = [500, 0.8]
/** Up to this queue a line is clean. A key frame alone makes about as much. */
const CLEAN_MS = 100
/** What the media needs on the line beyond its own size: chunk headers, TCP/IP. */
const OVERHEAD = 1.03
/** Below this share of the target the pictures themselves need less, and nothing tells whether the line would take the target. */
const OFFERS_ALL = 0.85
/** Share of the line that is used after a step down, less what lets the queue run empty within about 3 s. */
const [SHARE, LEAST_SHARE, EMPTY_WITHIN_MS] = [0.92, 0.4, 3000]
/** Until a step down is seen at the end of the queue; a line that takes next to nothing must not make it endless. */
const [EFFECT_AFTER_MS, MAX_OVER] = [250, 10]
/** No step up for this long after a step down; longer when the same line was too thin for the second time. */
const [HOLD_MS, HOLD_AGAIN_MS] = [2000, 3000]
/** Steps that do not know the line wait for the effect of the last one. */
const BLIND_PAUSE_MS = 700
const BLIND_FACTOR = 0.8
/**
 * A line that takes nothing is perhaps about to take less (TCP stops for a moment when a buffer on the way is full): the rate
 * is halved. One that has taken nothing for this long is dead: no rate would help it, and the others need not suffer.
 */
const [SILENT_FACTOR, DEAD_MS] = [0.5, 1000]
/** The way has become longer by this much while packets are lost, or by that much anyhow: a queue that nobody else sees. */
const [RTT_WITH_LOSS_MS, RTT_ALONE_MS, LOSS_PERCENT] = [200, 400, 2]
/** A congestion that is over this soon was none, and costs this much. */
const [GLITCH_MS, AFTER_GLITCH] = [500, 0.9]
/** Per second: of the ceiling, and of what the line was found to take while close to it. */
const RISE_PER_S = 0.08
/** From here to there of what a line was found to take, it is probed carefully. */
const [NEAR_FROM, NEAR_TO] = [0.88, 1.1]
const FOUND_HOLDS_MS = 30_000
/** Two findings this close are one line that has not changed. */
const SAME_LINE = 0.25
/** A pause in the calls does not count as time in which a line was clean. */
const MAX_STEP_S = 1

/**
 * Decides the rate of the shared encoder by what the required lines take: down at once to what the slowest one was
 * measured to take, before the bus has to drop a frame, and only if that is less than what it is given; up again by 8 %
 * of the ceiling a second while every line is clean. Pure: the caller brings figures and time (ms of a monotonic clock), best ten times a second. Sound is never touched.
 */
export class RateController {
  readonly #watches = new Map<string, LineWatch>()
  /** kbit/s of the picture; null until first asked = the ceiling. */
  #target: number | null = null
  #ceilingKbps = 0
  #frameStep: FrameStep = 1
  #lastMs: number | null = null
  #lastDownMs = Number.NEGATIVE_INFINITY
  #heldUntilMs = Number.NEGATIVE_INFINITY
  #holdMs = HOLD_MS
  #roseSinceDown = true
  /** Where the rate came from when the present congestion began, until it is over. */
  #episode: { fromKbps: number; atMs: number } | null = null
  #found: { id: string; kbps: number; atMs: number } | null = null
  #decidedBy: string | null = null

  decide(lines: readonly DecidingLine[], bounds: RateBounds, nowMs: number): RateDecision {
    const { ceilingKbps, frameRate } = bounds
    const floorKbps = Math.min(bounds.floorKbps, ceilingKbps)
    const least = leastKbps(floorKbps, frameRate)
    // A show at its full rate follows the user's hand at once, up or down; a reduced one only has another ceiling.
    const atCeiling = this.#target === null || this.#target >= this.#ceilingKbps
    let target = Math.max(least, atCeiling ? ceilingKbps : Math.min(this.#target ?? ceilingKbps, ceilingKbps))
    this.#ceilingKbps = ceilingKbps

    const all = this.#look(lines, nowMs)
    const readings = new Map([...all].filter(([, { deadForMs }]) => deadForMs < DEAD_MS))
    const before = target
    for (const [id, reading] of readings) {
      const goal = this.#goalFor(reading, target, floorKbps, bounds, nowMs)
      if (goal === null || Math.max(least, goal) >= target) continue
      target = Math.max(least, goal)
      this.#steppedDown(id, reading, before, nowMs)
    }
    const clean = readings.size > 0 && [...readings.values()].every((each) => each.excessMs < CLEAN_MS && each.rttGrowthMs < RTT_ALONE_MS)
    const died = this.#episode !== null && (all.get(this.#decidedBy ?? '')?.deadForMs ?? 0) >= DEAD_MS
    if (clean) target = this.#afterGlitch(target, ceilingKbps, died, nowMs)
    if (clean && nowMs >= this.#heldUntilMs) target = Math.max(target, Math.min(this.#raised(target, bounds, nowMs), mostOf(readings, bounds)))
    this.#lastMs = nowMs
    this.#target = target
    this.#frameStep = frameStepFor(target, floorKbps, frameRate, this.#frameStep)
    return this.#decision(target, ceilingKbps, readings, nowMs >= this.#heldUntilMs && readings.size > 0 && [...readings.values()].every((each) => each.excessMs < TRIGGER_MS))
  }

  #look(lines: readonly DecidingLine[], nowMs: number): Map<string, LineReading> {
    for (const id of this.#watches.keys()) if (!lines.some((line) => line.id === id)) this.#watches.delete(id)
    return new Map(
      lines.map(({ id, figures }) => {
        const watch = this.#watches.get(id) ?? new LineWatch()
        this.#watches.set(id, watch)
        return [id, watch.look(figures, nowMs)]
      }),
    )
  }

  /** The rate of the picture that this line can take, or null when it has no objection. */
  #goalFor(reading: LineReading, target: number, floorKbps: number, bounds: RateBounds, nowMs: number): number | null {
    const { excessMs, kbps, rttGrowthMs, lossPercent } = reading
    const { audioKbps } = bounds
    const needKbps = neededKbps(target, bounds)
    const pictureOf = (lineKbps: number) => lineKbps / OVERHEAD - audioKbps
    if (excessMs >= TRIGGER_MS && kbps === 0) return nowMs - this.#lastDownMs >= BLIND_PAUSE_MS ? Math.max(floorKbps, target * SILENT_FACTOR) : null
    if (excessMs >= TRIGGER_MS && kbps !== null) {
      if (kbps >= needKbps) return excessMs >= HIGH_MS && kbps * HIGH_SHARE < needKbps ? pictureOf(kbps * HIGH_SHARE) : null
      // The queue's age lags behind what is in it, and grows until the encoder has followed.
      const over = Math.min(MAX_OVER, needKbps / Math.max(1, kbps))
      const willBeMs = excessMs * over + EFFECT_AFTER_MS * (over - 1)
      const share = Math.max(LEAST_SHARE, SHARE - willBeMs / EMPTY_WITHIN_MS)
      // A queue that will be gone in a moment is no reason for fewer pictures; a line below the floor is.
      return Math.max(pictureOf(kbps * share), Math.min(floorKbps, pictureOf(kbps * SHARE)))
    }
    const longWay = rttGrowthMs >= RTT_ALONE_MS || (rttGrowthMs >= RTT_WITH_LOSS_MS && lossPercent >= LOSS_PERCENT)
    const blind = excessMs >= HIGH_MS || (excessMs < TRIGGER_MS && longWay)
    return blind && nowMs - this.#lastDownMs >= BLIND_PAUSE_MS ? target * BLIND_FACTOR : null
  }

  #steppedDown(id: string, { kbps }: LineReading, fromKbps: number, nowMs: number): void {
    // One congestion may take several steps; only what comes after a rise is another one.
    if (this.#roseSinceDown) {
      this.#episode = { fromKbps, atMs: nowMs }
      const before = this.#found
      const sameLine = before?.id === id && kbps !== null && Math.abs(kbps - before.kbps) <= SAME_LINE * before.kbps
      this.#holdMs = sameLine ? HOLD_AGAIN_MS : HOLD_MS
    }
    this.#roseSinceDown = false
    this.#lastDownMs = nowMs
    this.#heldUntilMs = nowMs + this.#holdMs
    this.#decidedBy = id
    this.#found = kbps === null ? null : { id, kbps, atMs: nowMs }
  }

  /**
   * A queue that is gone before the step down can have had any effect was no thin line but one that had stood still for a
   * moment (radio, a busy computer): the step is taken back, all but a little. So is one for a line that turned out to be dead.
   */
  #afterGlitch(target: number, ceilingKbps: number, died: boolean, nowMs: number): number {
    const episode = this.#episode
    if (!episode) return target
    this.#episode = null
    if (!died && nowMs - episode.atMs > GLITCH_MS) return target
    this.#found = null
    return Math.max(target, Math.min(ceilingKbps, episode.fromKbps * AFTER_GLITCH))
  }

  #raised(target: number, bounds: RateBounds, nowMs: number): number {
    const { ceilingKbps, audioKbps } = bounds
    const seconds = Math.min(MAX_STEP_S, (nowMs - (this.#lastMs ?? nowMs)) / 1000)
    const found = this.#found && nowMs - this.#found.atMs < FOUND_HOLDS_MS ? this.#found.kbps : null
    const needKbps = (target + audioKbps) * OVERHEAD
    const near = found !== null && needKbps > found * NEAR_FROM && needKbps < found * NEAR_TO
    // It takes more than what it was found to take: another line than it was.
    if (found !== null && neededKbps(target, bounds) >= found * NEAR_TO) this.#found = null
    this.#roseSinceDown = true
    const perS = near ? Math.min(found, ceilingKbps) : ceilingKbps
    return Math.min(ceilingKbps, target + perS * RISE_PER_S * seconds)
  }

  #decision(target: number, ceilingKbps: number, readings: ReadonlyMap<string, LineReading>, rising: boolean): RateDecision {
    const full = target >= ceilingKbps
    if (full) this.#decidedBy = this.#found = null
    const decidedBy = this.#decidedBy !== null && readings.has(this.#decidedBy) ? this.#decidedBy : null
    return {
      videoKbps: Math.round(target),
      frameStep: this.#frameStep,
      state: full ? 'full' : rising ? 'rising' : 'reduced',
      decidedBy,
      lineKbps: decidedBy !== null && this.#found?.id === decidedBy ? Math.round(this.#found.kbps) : null,
    }
  }
}

/**
 * The rate of the picture that all lines are known to take. Segments tell of a rise only when they leave, seconds later: without this
 * the rate would go far beyond what the line takes, again and again.
 */
function mostOf(readings: ReadonlyMap<string, LineReading>, { audioKbps }: RateBounds): number {
  return Math.min(...[...readings.values()].map(({ knownKbps }) => (knownKbps === null ? Number.POSITIVE_INFINITY : (knownKbps * SHARE) / OVERHEAD - audioKbps)))
}

/** What a line has to take, kbit/s: what may be sent or, where the pictures need far less, what is. */
function neededKbps(target: number, { audioKbps, offeredKbps = null }: RateBounds): number {
  const most = target + audioKbps
  return offeredKbps === null || offeredKbps >= most * OFFERS_ALL ? most * OVERHEAD : offeredKbps
}
