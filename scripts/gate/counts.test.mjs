import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { add, playwrightCounts, stepCounts, summary, vitestCounts } from './counts.mjs'

let folder
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'castwright-counts-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const vitestReport = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1, testResults: [] }
const playwrightReport = { stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 4 }, errors: [] }

describe('counting tests', () => {
  it('reads both runners', () => {
    expect(vitestCounts(vitestReport)).toEqual({ passed: 5, failed: 1, skipped: 3 })
    expect(playwrightCounts(playwrightReport)).toEqual({ passed: 3, failed: 2, skipped: 4 })
    expect(add(vitestCounts(vitestReport), playwrightCounts(playwrightReport))).toEqual({ passed: 8, failed: 3, skipped: 7 })
  })

  it('counts files that did not load and errors outside of tests', () => {
    const broken = { ...vitestReport, numFailedTests: 0, testResults: [{ status: 'failed', assertionResults: [] }, { status: 'passed', assertionResults: [] }] }
    expect(vitestCounts(broken).failed).toBe(1)
    expect(playwrightCounts({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{}] }).failed).toBe(1)
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
