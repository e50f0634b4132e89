import { randomUUID } from 'node:crypto'
import { diagnosticReport, type DiagnosticReport, summaryOf } from '@shared/domain/diagnostic-report.ts'
import type { CheckState, Finding } from '@shared/domain/diagnostics.ts'
import { RUNNER_CODES } from '@shared/texts/checks/check-text.ts'
import { CHECKS_EN, type CheckName } from '@shared/texts/checks/checks.en.ts'
import { DATA, TEXT_PARAMS } from './allow-list.ts'
import { knownFailures, knownVersion } from './known-words.ts'

const UNITS = new Set(['%', 'GB', 'Hz', 'MB/s', 'dB', 'dBFS', 'dBm', 'fps', 'kbit/s', 'min', 'ms', 'ppm', 's'])
const HOSTS = ['electron', 'browser']
const PLATFORMS = ['linux', 'darwin', 'win32', 'freebsd', 'openbsd', 'aix', 'sunos', 'android']
const ARCHS = ['x64', 'arm64', 'arm', 'ia32', 'riscv64', 'loong64', 'ppc64', 's390x']
const ENGINES = ['node', 'electron', 'chrome', 'browser', 'castwright']
const LOCALE = /^[a-z]{2}(-[A-Z]{2}|-[A-Z][a-z]{3})?$/
/** A check of a newer Castwright, or one that somebody made up. */
const UNKNOWN = 'unknown'

/**
 * The report as it can be sent to anybody. Nothing is searched for secrets: only what the allow-list names, in the shape that it
 * names, is written into a new report. No text of the old one gets there as it was unless it is one of a closed list.
 */
export function redactReport(report: DiagnosticReport): DiagnosticReport {
  const { app } = report
  const results = report.results.map(redactState)
  return diagnosticReport.parse({
    schema: 1,
    id: randomUUID(),
    createdAt: new Date(report.createdAt).toISOString(),
    app: {
      version: knownVersion(app.version), host: oneOf(HOSTS, app.host), platform: oneOf(PLATFORMS, app.platform), arch: oneOf(ARCHS, app.arch),
      locale: LOCALE.test(app.locale) ? app.locale : UNKNOWN,
      versions: Object.fromEntries(ENGINES.flatMap((name) => (Object.hasOwn(app.versions, name) ? [[name, knownVersion(app.versions[name]!)]] : []))),
    },
    redacted: true,
    summary: summaryOf(results),
    results,
  })
}

function redactState(state: CheckState): CheckState {
  const { group, status, progress, startedAtMs, durationMs } = state
  const name = isCheck(state.name) ? state.name : UNKNOWN
  return { name, group, status, progress, startedAtMs, durationMs, finding: state.finding && redactFinding(name, state.finding) }
}

function redactFinding(name: CheckName | typeof UNKNOWN, finding: Finding): Finding {
  const { status, value, threshold, samples, actions } = finding
  if (name === UNKNOWN) return { status, code: UNKNOWN }
  const sentences: Readonly<Record<string, { says: string; advice: string }>> = CHECKS_EN[name].findings
  const sentence = Object.hasOwn(sentences, finding.code) ? sentences[finding.code] : undefined
  const code = sentence || (RUNNER_CODES as readonly string[]).includes(finding.code) ? finding.code : UNKNOWN
  const params = sentence && paramsOf(name, `${sentence.says} ${sentence.advice}`, finding.params ?? {})
  const data = dataOf(name, finding.data)
  const evidence = knownFailures(finding.evidence ?? '')
  return {
    status, code,
    ...(params && Object.keys(params).length > 0 && { params }),
    ...(value !== undefined && { value }),
    ...(finding.unit !== undefined && UNITS.has(finding.unit) && { unit: finding.unit }),
    ...(threshold && { threshold }), ...(samples && { samples }), ...(actions && { actions }),
    ...(evidence !== '' && { evidence }),
    ...(data && { data }),
  }
}

/** Those that the sentence has a place for: figures as they are, texts of the allow-list, `…` for the rest. */
function paramsOf(name: CheckName, sentence: string, params: NonNullable<Finding['params']>): NonNullable<Finding['params']> {
  const texts: Record<string, unknown> = TEXT_PARAMS[name]?.safeParse(params).data ?? {}
  const places = new Set([...sentence.matchAll(/\{(\w+)\}/g)].map(([, place]) => place!))
  return Object.fromEntries([...places].filter((place) => Object.hasOwn(params, place)).map((place) => [place, typeof params[place] === 'number' ? params[place] : String(texts[place] ?? '…')]))
}

function dataOf(name: CheckName, data: Finding['data']): Finding['data'] {
  const kept = data && DATA[name]?.safeParse(data).data
  return kept === undefined ? undefined : (JSON.parse(JSON.stringify(kept)) as NonNullable<Finding['data']>)
}

const isCheck = (name: string): name is CheckName => Object.hasOwn(CHECKS_EN, name)
const oneOf = (list: readonly string[], text: string): string => (list.includes(text) ? text : UNKNOWN)
