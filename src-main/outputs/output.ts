import type { Clock } from '../base/clock.ts'
import type { BusSubscriber } from '../bus/bus-subscriber.ts'
import type { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'

/** What an output is given for one run. */
export interface OutputRun {
  /** Where its media comes from: starts with headers, then a key frame. */
  feed: BusSubscriber
  /** Aborts when the run must end. With reason `stopped` the output first drains its queue and says goodbye to the server. */
  signal: AbortSignal
  clock: Clock
  /** Called when the server has accepted media (not merely a connection): once, and again when an interruption is over. */
  connected(): void
  /**
   * Called after `connected` by an output that mends its line within the run: nothing arrives any more. It counts as
   * recovering until `connected` is called again, or the run fails.
   */
  interrupted(why: StudioError): void
  /** Called at 2 Hz or more often, and on every change of stage. */
  report(figures: OutputFigures): void
}

/**
 * A worker: it runs once and ends by failing. It rejects with a StudioError, or with `signal.reason`
 * when it was told to stop. It never retries by itself.
 */
export type RunOutput<Spec> = (spec: Spec, run: OutputRun) => Promise<never>
