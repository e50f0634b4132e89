import type { RunOutput } from '../outputs/output.ts'

/** An output that is asked about before each attempt: what `check` throws is why it does not begin. */
export const checkedFirst =
  <T>(check: (target: T) => void, open: RunOutput<T>): RunOutput<T> =>
  async (target, run) => {
    check(target)
    return open(target, run)
  }
