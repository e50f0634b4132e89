import { readFileSync } from 'node:fs'

const NONE = { passed: 0, failed: 0, skipped: 0 }

/** Counts of a vitest JSON report. A file that failed to load has no tests but is a failure. */
export function vitestCounts(report) {
  const withoutTests = (report.testResults ?? []).filter((file) => file.status === 'failed' && (file.assertionResults ?? []).length === 0).length
  return { passed: report.numPassedTests, failed: report.numFailedTests + withoutTests, skipped: report.numPendingTests + (report.numTodoTests ?? 0) }
}

/**
 * An end-to-end test that judges times or rates may meet a computer that is taken off its processor for a second, so it
 * is run again. A fault of the studio comes again too; and where more than this part of the tests needs it, something is
 * wrong, so that each of them counts as failed.
 */
const MOST_AGAIN = 0.05

/** Counts of a Playwright JSON report; errors outside of tests are failures. */
export function playwrightCounts(report) {
  const { expected, unexpected, flaky, skipped } = report.stats
  const tooMany = flaky > Math.max(1, (expected + unexpected + flaky) * MOST_AGAIN)
  return { passed: expected + (tooMany ? 0 : flaky), failed: unexpected + (tooMany ? flaky : 0) + (report.errors?.length ?? 0), skipped }
}

/** The names of the tests that passed, but not at the first try. */
export function passedAgain(report) {
  const specsOf = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specsOf)]
  return (report.suites ?? []).flatMap(specsOf).flatMap(({ file, title, tests = [] }) => (tests.some((test) => test.status === 'flaky') ? [`${file}: ${title}`] : []))
}

/** How much of the processors' time others took from this (virtual) computer between two readings of /proc/stat, percent; null elsewhere. */
export function stolenPercent(before, after) {
  const read = (text) => /^cpu +([\d ]+)$/m.exec(text ?? '')?.[1]?.split(' ').map(Number)
  const [from, to] = [read(before), read(after)]
  if (!from || !to) return null
  const spent = to.slice(0, 8).map((ticks, index) => ticks - (from[index] ?? 0))
  const all = spent.reduce((sum, ticks) => sum + ticks, 0)
  // proc(5): the eighth figure is "steal".
  return all > 0 ? (100 * (spent[7] ?? 0)) / all : null
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
