import type { BroadcastFigures, ProgramFigures } from '@shared/contracts/broadcast.ts'
import type { SourceStatus } from '@shared/domain/source.ts'
import type { Clock } from '../base/clock.ts'
import type { OutputTotals } from '../outputs/output-history.ts'
import { Topic } from '../rpc/topic.ts'

/** What the studio's processes use now; null until measured. */
export type Usage = Pick<BroadcastFigures, 'cpuPercent' | 'rssMiB'>

const EVERY_MS = 500
/** The engine reports twice a second; figures older than this are those of a page that is gone. */
const STALE_MS = 3000

/** Gathers what the engine, the outputs and the system have measured into one topic at 2 Hz. */
export class FiguresGatherer {
  readonly figures: Topic<BroadcastFigures>
  readonly sources = new Topic<SourceStatus[]>([])
  readonly #stop: () => void
  #report: { figures: ProgramFigures; atMs: number } | null = null

  constructor(
    private readonly clock: Clock,
    private readonly outputs: () => Record<string, OutputTotals>,
    private readonly usage: () => Usage,
  ) {
    this.figures = new Topic(this.#gather())
    this.#stop = clock.every(EVERY_MS, () => this.figures.set(this.#gather()))
  }

  engineReported(figures: ProgramFigures, sources: SourceStatus[]): void {
    this.#report = { figures, atMs: this.clock.monotonicMs() }
    this.sources.set(sources)
  }

  close(): void {
    this.#stop()
  }

  #gather(): BroadcastFigures {
    const fresh = this.#report && this.clock.monotonicMs() - this.#report.atMs <= STALE_MS
    return { atMs: this.clock.now(), program: fresh ? (this.#report?.figures ?? null) : null, outputs: this.outputs(), ...this.usage() }
  }
}
