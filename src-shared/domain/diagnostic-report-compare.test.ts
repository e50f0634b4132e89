import { describe, expect, it } from 'vitest'
import { reportText } from '../texts/checks/report-text.ts'
import { compareReports } from './diagnostic-report-compare.ts'
import { MAX_REPORT_CHARS, readDiagnosticReport } from './diagnostic-report-read.ts'
import { type DiagnosticReport, summaryOf } from './diagnostic-report.ts'
import type { CheckState, Finding } from './diagnostics.ts'
import { StudioError } from './errors.ts'

const state = (name: string, finding: Partial<Finding> = {}): CheckState => ({
  name, group: name.startsWith('environment') ? 'environment' : 'system', status: finding.status ?? 'pass', progress: 1, startedAtMs: 0, durationMs: 1,
  finding: { status: 'pass', code: 'enough', ...finding },
})
const report = (results: CheckState[], version = '1.0.0'): DiagnosticReport => ({
  schema: 1, id: 'r', createdAt: '2026-01-02T03:04:05.000Z', redacted: false, summary: summaryOf(results), results,
  app: { version, host: 'browser', platform: 'linux', arch: 'x64', locale: 'en', versions: { node: '24' } },
})
const disk = (freeGb: number, more: Partial<Finding> = {}) => state('system.disk', { value: freeGb, unit: 'GB', threshold: { warn: 5, worse: 'below' }, ...more })

describe('compareReports', () => {
  it('finds nothing between two that are the same, nor between figures that hardly differ', () => {
    expect(compareReports(report([disk(50)]), report([disk(50)]))).toEqual({ checks: [], environment: [], same: 1 })
    expect(compareReports(report([disk(50)]), report([disk(51)])).checks).toEqual([])
  })
  it.each([
    ['a better status', disk(4, { status: 'warn', code: 'little' }), disk(50), 'better'],
    ['a worse status', disk(50), disk(0.1, { status: 'fail', code: 'none' }), 'worse'],
    ['a worse figure', disk(50), disk(20), 'worse'],
    ['a better figure', disk(20), disk(50), 'better'],
    ['a figure in another unit', disk(20), disk(50, { unit: 'MB' }), null],
    ['another code', disk(20), disk(20, { code: 'else' }), null],
    ['a skipped one', disk(20), disk(20, { status: 'skipped', code: 'cancelled' }), null],
  ] as const)('%s', (_what, a, b, turned) => {
    const { checks, same } = compareReports(report([a]), report([b]))
    expect(checks).toMatchObject([{ name: 'system.disk', turned }])
    expect(same).toBe(0)
  })
  it('tells what came and what went, and what is another computer', () => {
    const a = report([state('environment.system', { data: { cores: 4, versions: { node: '22' } } }), state('system.gone')])
    const b = report([state('system.came'), state('environment.system', { data: { cores: 8, versions: { node: '22' } } })], '2.0.0')
    const { checks, environment } = compareReports(a, b)
    expect(checks.map(({ name, before, after }) => [name, before?.status, after?.status])).toEqual([['system.came', undefined, 'pass'], ['system.gone', 'pass', undefined]])
    expect(environment).toEqual([{ path: 'app.version', before: '1.0.0', after: '2.0.0' }, { path: 'environment.system.cores', before: '4', after: '8' }])
  })
})

describe('readDiagnosticReport', () => {
  it('keeps checks that nobody knows, and counts for itself', () => {
    const theirs = { ...report([state('quantum.tunnel', { code: 'collapsed', data: { deep: [{ a: 1 }] } })]), summary: { status: 'fail', quality: 6, counts: { fail: 99 } } }
    const read = readDiagnosticReport(`\uFEFF${JSON.stringify(theirs)}`)
    expect(read.results).toEqual(theirs.results)
    expect(read.summary).toEqual({ status: 'pass', quality: 0, counts: { pass: 1 } })
  })
  it.each([
    ['nothing', ''], ['no JSON', '<html>'], ['null', 'null'], ['a list', '[]'], ['a number', '7'], ['another file', '{"schema":1}'],
    ['a newer one', JSON.stringify({ ...report([]), schema: 2 })],
    ['too many checks', JSON.stringify(report(Array.from({ length: 201 }, (_each, i) => state(`a.${i}`))))],
    ['one that is endlessly deep', `{"schema":1,"results":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['deep data', JSON.stringify(report([state('a.b', { data: { a: 'DEEP' } })])).replace('"DEEP"', '['.repeat(20_000) + ']'.repeat(20_000))],
    ['one that is too large', JSON.stringify(report([])) + ' '.repeat(MAX_REPORT_CHARS)],
    ['infinite figures', JSON.stringify(report([disk(5)])).replace('"value":5', '"value":1e999')],
  ])('refuses %s', (_what, text) => {
    expect(() => readDiagnosticReport(text)).toThrow(expect.objectContaining({ reason: 'report-unreadable' }))
    expect(() => readDiagnosticReport(text)).toThrow(StudioError)
  })
  it('takes nothing from a prototype', () => {
    const read = readDiagnosticReport(JSON.stringify(report([state('a.b', { data: {} })])).replace('"data":{}', '"data":{"__proto__":{"polluted":1}}'))
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(read.results).toHaveLength(1)
  })
})

describe('reportText', () => {
  const made = report([disk(50, { params: { freeGb: 50 } }), state('a.b', { status: 'fail', code: '<script>alert(1)</script>', evidence: '**x**\n# y\u202Ez' })])
  it('says the worst first, in the language asked for', () => {
    const [en, zh] = [reportText(made, 'en'), reportText(made, 'zh-CN')]
    expect(en).toContain('There are 50 GB free')
    expect(zh).toContain('剩余 50 GB')
    expect(en.indexOf('a.b')).toBeLessThan(en.indexOf('50 GB'))
  })
  it('lets nothing become markup', () => {
    const text = reportText(made, 'en')
    expect(text).not.toMatch(/(?<!\\)<|\n# y|\u202E/)
    expect(text).toContain('\\*\\*x\\*\\*')
  })
})
