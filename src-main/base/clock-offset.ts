import { median } from '@shared/diagnostics/line-numbers.ts'
import type { Clock } from './clock.ts'

/** What one HTTP answer said about the time. */
export interface HeardDate {
  /** Who said it; no address. */
  host: string
  /** Its `Date` header, ms since 1970: whole seconds, cut off. */
  dateMs: number
  /** When the question left and when the answer came, ms of the monotonic clock. */
  sentAtMs: number
  heardAtMs: number
}

export interface OffsetState {
  /** What servers' clocks are ahead of this computer's, ms; negative = this computer is ahead. null = none was heard. */
  offsetMs: number | null
  /** How many answers that is the median of. */
  samples: number
  /** The last word of each, newest first; `atMs` on this computer's clock. */
  sources: { host: string; offsetMs: number; atMs: number }[]
}

interface Sample {
  host: string
  offsetMs: number
  heardAtMs: number
  /** Wall time less monotonic time then. */
  wallMs: number
}

const KEPT_SAMPLES = 15
const KEPT_MS = 6 * 3_600_000
/** The time in a slow answer may be that of its beginning or of its end. */
const SLOWEST_ANSWER_MS = 5000
/** `Date` is cut off to whole seconds (RFC 9110, section 5.6.7): on average half a second is missing. */
const CUT_OFF_MS = 500
/** Answers tell whole seconds and take their time: less than this is no offset. */
const SURELY_OFF_MS = 2000
/** A change that is worth telling. */
const TOLD_FROM_MS = 500
/** When this computer's clock was set, or it slept, what was heard before says nothing any more. */
const JUMP_MS = 2000

/**
 * How far this computer's clock is off, by what servers say: the median of recent answers, so that a single wrong server or a cached
 * answer does not count. Nothing is asked for it; whatever answers the studio gets anyway are heard.
 */
export class ClockOffset {
  #samples: Sample[] = []
  #toldMs: number | null = null

  constructor(
    private readonly clock: Pick<Clock, 'now' | 'monotonicMs'>,
    /** Not for every wavering by a fraction of a second. */
    private readonly onChange: (state: OffsetState) => void = () => {},
  ) {}

  get state(): OffsetState {
    const samples = this.#valid
    const newest = new Map<string, Sample>()
    for (const sample of samples) newest.set(sample.host, sample)
    const sources = [...newest.values()].map(({ host, offsetMs, heardAtMs, wallMs }) => ({ host, offsetMs, atMs: heardAtMs + wallMs }))
    const middle = median(samples.map(({ offsetMs }) => offsetMs))
    return { offsetMs: middle === null ? null : Math.round(middle), samples: samples.length, sources: sources.toSorted((a, b) => b.atMs - a.atMs) }
  }

  /** Wall time as servers have it, ms since 1970; this computer's own while nothing says that it is wrong. */
  serverNow(): number {
    const { offsetMs } = this.state
    return this.clock.now() + (offsetMs !== null && Math.abs(offsetMs) >= SURELY_OFF_MS ? offsetMs : 0)
  }

  hear({ host, dateMs, sentAtMs, heardAtMs }: HeardDate): void {
    if (!Number.isFinite(dateMs) || heardAtMs - sentAtMs > SLOWEST_ANSWER_MS) return
    const wallMs = this.#wallMs
    const offsetMs = Math.round(dateMs + CUT_OFF_MS - ((sentAtMs + heardAtMs) / 2 + wallMs))
    this.#samples = [...this.#valid, { host, offsetMs, heardAtMs, wallMs }].slice(-KEPT_SAMPLES)
    const { state } = this
    if (this.#toldMs !== null && Math.abs((state.offsetMs ?? 0) - this.#toldMs) < TOLD_FROM_MS) return
    this.#toldMs = state.offsetMs
    this.onChange(state)
  }

  get #wallMs(): number {
    return this.clock.now() - this.clock.monotonicMs()
  }

  get #valid(): Sample[] {
    const [nowMs, wallNowMs] = [this.clock.monotonicMs(), this.#wallMs]
    return this.#samples.filter(({ heardAtMs, wallMs }) => nowMs - heardAtMs < KEPT_MS && Math.abs(wallNowMs - wallMs) < JUMP_MS)
  }
}
