import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { add, passedAgain, playwrightCounts, stepCounts, stolenPercent, summary, vitestCounts } from './counts.mjs'

let folder
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'castwright-counts-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const vitestReport = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] }
const playwrightReport = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 }, errors: [] }
const again = { file: 'a.spec.ts', title: 'one', tests: [{ status: 'flaky' }] }

describe('counting tests', () => {
  it('reads both runners', () => {
    expect(vitestCounts(vitestReport)).toEqual({ passed: 5, failed: 1, skipped: 3 })
    expect(playwrightCounts(playwrightReport)).toEqual({ passed: 4, failed: 1, skipped: 4 })
    expect(add(vitestCounts(vitestReport), playwrightCounts(playwrightReport))).toEqual({ passed: 9, failed: 2, skipped: 7 })
  })

  it('counts files that did not load and errors outside of tests', () => {
    const broken = { ...vitestReport, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }, { status: 'passed', assertionResults: [] }] }
    expect(vitestCounts(broken).failed).toBe(1)
    expect(playwrightCounts({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] }).failed).toBe(1)
  })

  it('names tests that passed at a further try, and takes no more than a few of them', () => {
    expect(passedAgain({ suites: [{ specs: [{ file: 'a.spec.ts', title: 'fine', tests: [{ status: 'expected' }] }], suites: [{ specs: [again] }] }] })).toEqual(['a.spec.ts: one'])
    expect(passedAgain({})).toEqual([])
    expect(playwrightCounts({ stats: { expected: 95, unexpected: 0, flaky: 5, skipped: 0 } })).toEqual({ passed: 100, failed: 0, skipped: 0 })
    expect(playwrightCounts({ stats: { expected: 94, unexpected: 0, flaky: 6, skipped: 0 } })).toEqual({ passed: 94, failed: 6, skipped: 0 })
  })

  it('knows how much of the processors others took', () => {
    expect(stolenPercent('cpu  100 0 100 700 0 0 0 100 0 0\ncpu0 1', 'cpu  200 0 200 800 0 0 0 200 0 0\ncpu0 1')).toBe(25)
    expect(stolenPercent(null, null)).toBeNull()
  })

  it('never says "0 failed" of a step that failed', () => {
    const file = join(folder, 'report.json')
    expect(stepCounts(file, vitestCounts, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    expect(stepCounts(file, vitestCounts, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 })
    writeFileSync(file, JSON.stringify({ ...vitestReport, numFailedTests: 0 }))
    expect(stepCounts(file, vitestCounts, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 })
    expect(stepCounts(file, vitestCounts, 0)).toEqual({ passed: 5, failed: 0, skipped: 3 })
  })

  it('sums up in one line', () => {
    expect(summary({ passed: 8, failed: 0, skipped: 0 })).toBe('8 passed, 0 failed')
    expect(summary({ passed: 8, failed: 2, skipped: 1 })).toBe('8 passed, 2 failed, 1 skipped')
  })
})
