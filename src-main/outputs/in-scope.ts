import { Scope } from '../base/scope.ts'
import type { OutputRun, RunOutput } from './output.ts'

/** An output whose every run has a scope of its own, closed when the run is over; the scope's signal then tells what the run was told. */
export function inScope<Spec>(push: (spec: Spec, run: OutputRun, scope: Scope) => Promise<never>): RunOutput<Spec> {
  return async (spec, run) => {
    const scope = new Scope()
    try {
      return await push(spec, run, scope)
    } finally {
      await scope.close(run.signal.reason)
    }
  }
}
