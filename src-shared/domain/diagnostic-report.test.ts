import { describe, expect, it } from 'vitest'
import type { CheckState } from './diagnostics.ts'
import { diagnosticReport, summaryOf } from './diagnostic-report.ts'

const state = (name: string, status: CheckState['status'], data?: Record<string, number>): CheckState => ({
  name, group: 'system', status, progress: 1, startedAtMs: 0, durationMs: 1,
  finding: { status: 'pass', code: 'x', ...(data && { data }) },
})

describe('summaryOf', () => {
  it.each([
    [['pass', 'warn', 'fail', 'error'], 'fail'],
    [['pass', 'error', 'warn'], 'error'],
    [['skipped', 'warn', 'pass'], 'warn'],
    [['skipped', 'pass'], 'pass'],
    [['skipped'], 'skipped'],
    [[], 'skipped'],
  ] as const)('%j is %s', (statuses, worst) => {
    const summary = summaryOf(statuses.map((status, i) => state(`system.${i}`, status)))
    expect(summary.status).toBe(worst)
    expect(Object.values(summary.counts).reduce((a, b) => a + b, 0)).toBe(statuses.length)
  })

  it('takes the quality of the line from its check, if it is one', () => {
    expect(summaryOf([state('network.line', 'pass', { quality: 3 })]).quality).toBe(3)
    expect(summaryOf([state('network.line', 'pass', { quality: 9 })]).quality).toBe(0)
    expect(summaryOf([state('network.dns', 'pass', { quality: 3 })]).quality).toBe(0)
  })
})

describe('diagnosticReport', () => {
  const whole = {
    schema: 1, id: 'r', createdAt: '2026-01-02T03:04:05.000Z', redacted: false, summary: summaryOf([]), results: [state('system.disk', 'pass')],
    app: { version: '1', host: 'browser', platform: 'linux', arch: 'x64', locale: 'en', versions: {} },
  }
  it('takes a whole one', () => expect(diagnosticReport.parse(whole)).toEqual(whole))
  it.each([{ schema: 2 }, { createdAt: 'yesterday' }, { results: [{}] }, { results: Array.from({ length: 201 }, () => state('a', 'pass')) }, { app: null }])('refuses %o', (change) => {
    expect(diagnosticReport.safeParse({ ...whole, ...change }).success).toBe(false)
  })
})
