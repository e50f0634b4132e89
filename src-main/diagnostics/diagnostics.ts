import type { diagnostics } from '@shared/contracts/diagnostics.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import { performChecks, type RunnableCheck, waiting } from '@shared/diagnostics/perform-checks.ts'
import { CHECK_GROUPS, type CheckDescription, type CheckState, type DiagnosticOptions, type DiagnosticRun } from '@shared/domain/diagnostics.ts'
import { StudioError } from '@shared/domain/errors.ts'
import type { Clock } from '../base/clock.ts'
import type { Logger } from '../base/logger.ts'
import { Topic } from '../rpc/topic.ts'
import type { LineWatch } from './line-watch.ts'
import { exchangeOffer } from './network/exchange-offer.ts'
import { PageChecks } from './page-checks.ts'
import type { ReportSurroundings } from './report/make-report.ts'
import { ReportKeeper } from './report/report-keeper.ts'

export interface DiagnosticsParts {
  clock: Clock
  log: Logger
  newId: () => string
  /** Main's own checks, in order. */
  checks: readonly RunnableCheck[]
  isLive: () => boolean
  line: LineWatch
  about: ReportSurroundings
}

const GROUP = /^group:(.+)$/
const NO_RUN: DiagnosticRun = { runId: null, running: false, startedAtMs: null, checks: [] }

/** One run of checks at a time, wherever each is carried out: from the window, before a show, from the command line. */
export class Diagnostics {
  readonly run = new Topic<DiagnosticRun>(NO_RUN)
  readonly checks = new Topic<CheckDescription[]>([])
  readonly page: PageChecks
  readonly report: ReportKeeper
  #running: { cancel: AbortController; done: Promise<unknown> } | null = null

  constructor(private readonly parts: DiagnosticsParts) {
    this.report = new ReportKeeper(this.run, parts.about)
    this.page = new PageChecks(parts.newId)
    this.page.known.watch(() => this.checks.set(this.#all().map(described)))
  }

  /**
   * Begins a run; the one before is called off first. Resolves with its id as soon as it runs, and `done` with its results.
   * Throws `input-invalid` or `not-while-live`.
   */
  async start(names: readonly string[], options: DiagnosticOptions): Promise<{ runId: string; done: Promise<CheckState[]> }> {
    if (this.parts.isLive() && !options.agreed?.includes('while-live')) throw new StudioError('not-while-live')
    const chosen = this.#chosen(names)
    await this.cancel()
    const runId = this.parts.newId()
    const cancel = new AbortController()
    this.run.set({ runId, running: true, startedAtMs: this.parts.clock.now(), checks: chosen.map(waiting) })
    const done = performChecks({
      checks: chosen, options, signal: cancel.signal, clock: this.parts.clock, log: this.parts.log,
      onState: (state) => this.#tell(runId, state),
    }).then((states) => {
      if (this.run.value.runId === runId) this.run.set({ ...this.run.value, running: false })
      return states
    })
    this.#running = { cancel, done }
    return { runId, done }
  }

  async cancel(): Promise<void> {
    this.#running?.cancel.abort(new StudioError('stopped'))
    await this.#running?.done
  }

  /** For the page with this id; `pageGone` once it has gone. */
  handlersOf(pageId: string): Handlers<typeof diagnostics> {
    return {
      run: async ({ checks, options }) => ({ runId: (await this.start(checks, options)).runId }),
      cancel: () => this.cancel(),
      answer: ({ check, finding }) => {
        const known = this.run.value.checks.find(({ name }) => name === check) ?? this.checks.value.filter(({ name }) => name === check).map(waiting)[0]
        if (!known) throw new StudioError('input-invalid', check)
        const state: CheckState = { ...known, status: finding.status, progress: 1, finding, startedAtMs: known.startedAtMs ?? this.parts.clock.now(), durationMs: known.durationMs ?? 0 }
        this.run.set({ ...this.run.value, checks: put(this.run.value.checks, state) })
      },
      exchangeOffer: async ({ server, sdp }) => ({ sdp: await exchangeOffer({ server, sdp, clock: this.parts.clock, signal: this.page.runsWith(pageId, server) }) }),
      ...this.page.handlersOf(pageId),
      ...this.parts.line.handlers,
      ...this.report.handlers,
    }
  }

  get topics() {
    return { checks: this.checks, run: this.run, wanted: this.page.wanted, line: this.parts.line.line }
  }

  close(): Promise<void> {
    return this.cancel()
  }

  #all(): RunnableCheck[] {
    const all = [...this.parts.checks, ...this.page.checks()]
    return CHECK_GROUPS.flatMap((group) => all.filter((each) => each.group === group))
  }

  #chosen(names: readonly string[]): RunnableCheck[] {
    const all = this.#all()
    const wanted = new Set<string>()
    for (const name of names) {
      const group = GROUP.exec(name)?.[1]
      const found = group ? all.filter((each) => each.group === group) : all.filter((each) => each.name === name)
      if (found.length === 0) throw new StudioError('input-invalid', `no check ${name}`)
      for (const each of found) wanted.add(each.name)
    }
    return all.filter(({ name }) => wanted.has(name))
  }

  #tell(runId: string, state: CheckState): void {
    const run = this.run.value
    if (run.runId === runId) this.run.set({ ...run, checks: put(run.checks, state) })
  }
}

const described = ({ name, group, uses, timeoutMs }: CheckDescription): CheckDescription => ({ name, group, uses, timeoutMs })
const put = (states: readonly CheckState[], state: CheckState): CheckState[] =>
  states.some(({ name }) => name === state.name) ? states.map((each) => (each.name === state.name ? state : each)) : [...states, state]
