import { StudioError } from '@shared/domain/errors.ts'
import type { OutputFigures } from '@shared/domain/output.ts'
import type { OutputRun } from './output.ts'

const FIGURES: OutputFigures = { stage: 'sending', bitrateKbps: 0, bytesSent: 0, bytesAcknowledged: null, queueMs: 0, framesSent: 0, framesDropped: 0, rttMs: null }

/** One run of a fake output, steered by a test. */
export class FakeRun {
  #fail: (error: StudioError) => void = () => {}
  #figures = FIGURES
  readonly ended: Promise<never>
  over = false

  constructor(readonly run: OutputRun, drainMs: number) {
    this.ended = new Promise<never>((_, reject) => {
      this.#fail = reject
      const onAbort = () => {
        const drained = run.signal.reason instanceof StudioError && run.signal.reason.reason === 'stopped' && drainMs > 0 ? run.clock.sleep(drainMs) : Promise.resolve()
        drained.then(() => reject(run.signal.reason))
      }
      run.signal.addEventListener('abort', onAbort, { once: true })
    })
    this.ended.catch(() => (this.over = true))
  }

  connect(): void {
    this.run.connected()
  }

  interrupt(reason: StudioError['reason'], evidence = '', more: { brokenForMs?: number } = {}): void {
    this.run.interrupted(new StudioError(reason, evidence, more))
  }

  fail(reason: StudioError['reason'], evidence = '', more: { brokenForMs?: number; retryAfterMs?: number } = {}): void {
    this.#fail(new StudioError(reason, evidence, more))
  }

  report(figures: Partial<OutputFigures>): void {
    this.#figures = { ...this.#figures, ...figures }
    this.run.report(this.#figures)
  }
}

/** An output whose every run is kept for the test to steer; with `answer` it steers itself. */
export class FakeOutput {
  readonly runs: FakeRun[] = []

  constructor(private readonly answer: (run: FakeRun, number: number) => void = () => {}, private readonly drainMs = 0) {}

  get last(): FakeRun {
    const run = this.runs.at(-1)
    if (!run) throw new Error('the output was never run')
    return run
  }

  readonly open = (run: OutputRun): Promise<never> => {
    const fake = new FakeRun(run, this.drainMs)
    this.runs.push(fake)
    this.answer(fake, this.runs.length)
    return fake.ended
  }
}
