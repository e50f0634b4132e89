import type { CheckState, Finding } from './diagnostics.ts'
import type { DiagnosticReport } from './diagnostic-report.ts'

/** What one report says of a check. */
export interface ComparedFinding {
  status: CheckState['status']
  code: string | null
  value: number | null
  unit: string | null
}

export interface ComparedCheck {
  name: string
  /** null = it is not in that report. */
  before: ComparedFinding | null
  after: ComparedFinding | null
  /** By the status, else by the figure where the check says which way is worse. null = neither. */
  turned: 'better' | 'worse' | null
}

/** Something of the computer, the system, the engines or their abilities. */
export interface ComparedFact {
  /** `app.version`, or a check's name and the way to the figure in its data. */
  path: string
  before: string | null
  after: string | null
}

export interface ReportComparison {
  /** Checks whose result or figure differs, in the order of the second report; those that are gone come last. */
  checks: ComparedCheck[]
  environment: ComparedFact[]
  /** How many checks found the same in both. */
  same: number
}

const WORSE: readonly CheckState['status'][] = ['pass', 'warn', 'error', 'fail']
/** A figure is another one when it differs by more than measuring the same thing twice does. */
const NOTABLE = 0.05
const MAX_FACTS = 500
const MAX_DEPTH = 6
const MAX_FACT_CHARS = 200

/** What has changed from `a` to `b`, whichever Castwright wrote them. Pure. */
export function compareReports(a: DiagnosticReport, b: DiagnosticReport): ReportComparison {
  const [before, after] = [byName(a), byName(b)]
  const names = [...after.keys(), ...[...before.keys()].filter((name) => !after.has(name))]
  const checks = names.flatMap((name) => compared(name, before.get(name), after.get(name)) ?? [])
  const [factsBefore, factsAfter] = [factsOf(a), factsOf(b)]
  const environment = [...new Set([...factsAfter.keys(), ...factsBefore.keys()])].flatMap((path): ComparedFact[] => {
    const [was, is] = [factsBefore.get(path) ?? null, factsAfter.get(path) ?? null]
    return was === is ? [] : [{ path, before: was, after: is }]
  })
  return { checks, environment: environment.slice(0, MAX_FACTS), same: names.length - checks.length }
}

const byName = ({ results }: DiagnosticReport): Map<string, CheckState> => new Map(results.map((each) => [each.name, each]))

/** null = nothing has changed. */
function compared(name: string, a: CheckState | undefined, b: CheckState | undefined): ComparedCheck | null {
  const [before, after] = [shortOf(a), shortOf(b)]
  if (!before || !after) return { name, before, after, turned: null }
  const byFigure = turnOfFigure(a?.finding ?? null, b?.finding ?? null)
  if (before.status === after.status && before.code === after.code && byFigure === 'same') return null
  const [was, is] = [WORSE.indexOf(before.status), WORSE.indexOf(after.status)]
  if (was >= 0 && is >= 0 && was !== is) return { name, before, after, turned: is > was ? 'worse' : 'better' }
  return { name, before, after, turned: byFigure === 'same' ? null : byFigure }
}

const shortOf = (state: CheckState | undefined): ComparedFinding | null =>
  state ? { status: state.status, code: state.finding?.code ?? null, value: state.finding?.value ?? null, unit: state.finding?.unit ?? null } : null

function turnOfFigure(a: Finding | null, b: Finding | null): ComparedCheck['turned'] | 'same' {
  if (a?.value === undefined && b?.value === undefined) return 'same'
  // Figures in different units, or of one report alone, are different without being better or worse.
  if (a?.value === undefined || b?.value === undefined || a.unit !== b.unit) return null
  if (Math.abs(b.value - a.value) <= NOTABLE * Math.max(Math.abs(a.value), Math.abs(b.value))) return 'same'
  const worse = b.threshold?.worse
  return worse === undefined ? null : (b.value > a.value) === (worse === 'above') ? 'worse' : 'better'
}

function factsOf({ app, results }: DiagnosticReport): Map<string, string> {
  const facts = new Map<string, string>()
  collect('app', app, facts, 0)
  for (const { name, group, finding } of results) if (group === 'environment') collect(name, finding?.data ?? {}, facts, 0)
  return facts
}

function collect(path: string, value: unknown, facts: Map<string, string>, depth: number): void {
  if (facts.size >= MAX_FACTS * 2) return
  if (typeof value === 'object' && value !== null && depth < MAX_DEPTH) for (const [key, inner] of Object.entries(value)) collect(`${path}.${key}`, inner, facts, depth + 1)
  else facts.set(path.slice(0, MAX_FACT_CHARS), String(typeof value === 'object' ? '…' : value).slice(0, MAX_FACT_CHARS))
}
