import type { RunOutput } from '../outputs/output.ts'

/** An output that is asked about before each attempt: what `check` throws is why it does not begin; it may also wait. */
export const checkedFirst =
  <T>(check: (target: T, signal: AbortSignal) => void | Promise<void>, open: RunOutput<T>): RunOutput<T> =>
  async (target, run) => {
    await check(target, run.signal)
    return open(target, run)
  }
