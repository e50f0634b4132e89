import type { WantedCheck } from '@shared/contracts/diagnostics.ts'
import type { CheckDescription, CheckState, DiagnosticRun } from '@shared/domain/diagnostics.ts'
import type { Bridge } from '../bridge/bridge.types.ts'
import { Topic } from './topic.ts'

type Answer = <T>(call: string, input: unknown, answer: () => T) => Promise<T>

/** Checks that check nothing: what they find is set by whoever looks. */
export class FakeDiagnostics {
  readonly checks = new Topic<CheckDescription[]>([{ name: 'system.disk', group: 'system', uses: 'disk', timeoutMs: 5000 }])
  readonly run = new Topic<DiagnosticRun>({ runId: null, running: false, startedAtMs: null, checks: [] })
  readonly wanted = new Topic<WantedCheck[]>([])
  #runs = 0

  client(answer: Answer): Bridge['diagnostics'] {
    return {
      run: (input) =>
        answer('run', input, () => {
          const runId = `run-${++this.#runs}`
          const chosen = this.checks.state.filter(({ name, group }) => input.checks.includes(name) || input.checks.includes(`group:${group}`))
          this.run.set({ runId, running: true, startedAtMs: 0, checks: chosen.map(({ name, group }) => ({ name, group, status: 'running', progress: 0.3, finding: null, startedAtMs: 0, durationMs: null })) })
          return { runId }
        }),
      cancel: (input) => answer('cancel', input, () => this.run.set({ ...this.run.state, running: false })),
      answer: (input) =>
        answer('answer', input, () => {
          const group = this.checks.state.find(({ name }) => name === input.check)?.group ?? 'camera'
          const state: CheckState = { name: input.check, group, status: input.finding.status, progress: 1, finding: input.finding, startedAtMs: 0, durationMs: 0 }
          this.run.set({ ...this.run.state, checks: [...this.run.state.checks.filter(({ name }) => name !== input.check), state] })
        }),
      announce: (input) => answer('announce', input, () => this.checks.set([...this.checks.state, ...input.checks])),
      progress: (input) => answer('progress', input, () => {}),
      found: (input) => answer('found', input, () => {}),
      watch: (topic, onState) => this[topic].watch(onState as never),
    }
  }
}
