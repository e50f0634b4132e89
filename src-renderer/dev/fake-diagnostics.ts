import type { WantedCheck } from '@shared/contracts/diagnostics.ts'
import type { CheckDescription, CheckState, DiagnosticRun, Finding } from '@shared/domain/diagnostics.ts'
import { type DiagnosticReport, summaryOf } from '@shared/domain/diagnostic-report.ts'
import { readDiagnosticReport } from '@shared/domain/diagnostic-report-read.ts'
import type { LinePoint, WatchedLine } from '@shared/domain/network-line.ts'
import { reportText } from '@shared/texts/checks/report-text.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

/** Checks that check nothing: what they find is set by whoever looks. */
export class FakeDiagnostics {
  readonly checks = new Topic<CheckDescription[]>([{ name: 'system.disk', group: 'system', uses: 'disk', timeoutMs: 5000 }])
  readonly run = new Topic<DiagnosticRun>({ runId: null, running: false, startedAtMs: null, checks: [] })
  readonly wanted = new Topic<WantedCheck[]>([])
  readonly line = new Topic<WatchedLine>({ watching: false, to: '', by: 'datagrams', points: [] })
  /** What is found at once; a check that is not here runs until it is called off. */
  readonly finds = new Map<string, Finding>()
  #runs = 0

  client(answer: Answer): Bridge['diagnostics'] {
    return {
      run: (input) =>
        answer('run', input, () => {
          const runId = `run-${++this.#runs}`
          const chosen = this.checks.state.filter(({ name, group }) => input.checks.includes(name) || input.checks.includes(`group:${group}`))
          const checks = chosen.map(({ name, group }): CheckState => {
            const finding = this.finds.get(name)
            return { name, group, status: finding?.status ?? 'running', progress: finding ? 1 : 0.3, finding: finding ?? null, startedAtMs: 0, durationMs: finding ? 412 : null }
          })
          this.run.set({ runId, running: checks.some(({ status }) => status === 'running'), startedAtMs: 0, checks })
          return { runId }
        }),
      cancel: (input) =>
        answer('cancel', input, () =>
          this.run.set({
            ...this.run.state, running: false,
            checks: this.run.state.checks.map((each) => (each.status === 'running' ? { ...each, status: 'skipped', progress: 1, finding: { status: 'skipped', code: 'cancelled' } } : each)),
          }),
        ),
      answer: (input) =>
        answer('answer', input, () => {
          const group = this.checks.state.find(({ name }) => name === input.check)?.group ?? 'camera'
          const state: CheckState = { name: input.check, group, status: input.finding.status, progress: 1, finding: input.finding, startedAtMs: 0, durationMs: 0 }
          this.run.set({ ...this.run.state, checks: [...this.run.state.checks.filter(({ name }) => name !== input.check), state] })
        }),
      report: ({ redacted, language }) =>
        answer('report', { redacted, language }, () => {
          const results = this.run.state.checks.filter(({ finding }) => finding !== null)
          const report: DiagnosticReport = { schema: 1, id: 'report', createdAt: '2026-11-20T12:00:00.000Z', app: { version: '0.1.0', host: 'browser', platform: 'linux', arch: 'x64', locale: language, versions: { node: '24' } }, redacted, summary: summaryOf(results), results }
          return { report, text: reportText(report, language) }
        }),
      importReport: ({ text, language }) =>
        answer('importReport', { language }, () => {
          const report = readDiagnosticReport(text)
          return { report, text: reportText(report, language) }
        }),
      announce: (input) => answer('announce', input, () => this.checks.set([...this.checks.state, ...input.checks])),
      progress: (input) => answer('progress', input, () => {}),
      watchLine: (input) => answer('watchLine', input, () => this.line.set(watchedFor(60))),
      stopWatching: (input) => answer('stopWatching', input, () => this.line.set({ ...this.line.state, watching: false })),
      exchangeOffer: (input) => answer('exchangeOffer', input, () => ({ sdp: input.sdp })),
      found: (input) => answer('found', input, () => {}),
      watch: (topic, onState) => this[topic].watch(onState as never),
    }
  }
}

/** A line that was watched for so long: good, with a bad spell in the middle. */
export function watchedFor(seconds: number): WatchedLine {
  const points = Array.from({ length: seconds }, (_each, second): LinePoint => {
    const bad = second > seconds * 0.5 && second < seconds * 0.65
    const rttMs = bad ? 240 + (second % 5) * 20 : 28 + (second % 7) * 1.5
    return { atMs: 1_700_000_000_000 + second * 1000, rttMs, jitterMs: bad ? 35 : 2.1, lossRate: bad ? 0.24 : 0, quality: bad ? 3 : 1 }
  })
  return { watching: true, to: '192.0.2.10:5201', by: 'datagrams', points }
}
