import { readFileSync } from 'node:fs'

const NONE = { passed: 0, failed: 0, skipped: 0 }

/** Counts of a vitest JSON report. A file that failed to load has no tests but is a failure. */
export function vitestCounts(report) {
  const withoutTests = (report.testResults ?? []).filter((file) => file.status === 'failed' && (file.assertionResults ?? []).length === 0).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + withoutTests, skipped: report.numPendingTests + (report.numTodoTests ?? 0) }
}

/** Counts of a Playwright JSON report. A flaky test did not pass; errors outside of tests are failures. */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + (report.errors?.length ?? 0), skipped }
}

/** The counts of one test step. A step that failed without saying so in its report counts as one failure. */
export function stepCounts(file, read, exitCode) {
  let counts = NONE
  try {
    counts = read(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    // No report: the step broke before it could write one; its exit code speaks below.
    counts = { ...NONE, failed: exitCode === 0 ? 1 : 0 }
  }
  return counts.failed === 0 && exitCode !== 0 ? { ...counts, failed: 1 } : counts
}

export const add = (a, b) => ({ passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped })

/** The last line of `npm test`. */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
