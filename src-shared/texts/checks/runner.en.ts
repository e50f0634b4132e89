import type { FindingText, RunnerCode } from './check-text.ts'

export const RUNNER_EN: Readonly<Record<RunnerCode, FindingText>> = {
  'timed-out': { says: 'The check did not come to an end in time.', advice: 'Try it again; if it stays so, the thing that is checked does not answer.' },
  cancelled: { says: 'The check was called off.', advice: '' },
  'page-gone': { says: 'The window that carries out this check is not there.', advice: 'Open the studio’s window and try again.' },
  failed: { says: 'The check could not be carried out.', advice: 'Try it again, and send the report to whoever helps you.' },
}
