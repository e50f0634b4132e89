import { diagnosticReport, type DiagnosticReport, summaryOf } from './diagnostic-report.ts'
import { StudioError } from './errors.ts'

/** Characters of a report that is taken; a full one of a long run has a tenth. */
export const MAX_REPORT_CHARS = 2_000_000

/**
 * A report as somebody else's Castwright wrote it. Nothing in it is believed beyond its shape: checks and codes that nobody here
 * knows are kept as they are, and what it says at first sight is counted anew. Throws StudioError `report-unreadable`.
 */
export function readDiagnosticReport(text: string): DiagnosticReport {
  if (text.length > MAX_REPORT_CHARS) throw new StudioError('report-unreadable', 'larger than 2 MB')
  let read: unknown
  try {
    read = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new StudioError('report-unreadable', 'no JSON')
  }
  const schema = (read as { schema?: unknown } | null)?.schema
  if (typeof schema === 'number' && schema > 1) throw new StudioError('report-unreadable', `version ${Math.min(schema, 1e6)} of the report; this Castwright knows version 1`)
  const report = parsed(read)
  return { ...report, summary: summaryOf(report.results) }
}

function parsed(read: unknown): DiagnosticReport {
  let result
  try {
    result = diagnosticReport.safeParse(read)
  } catch {
    // So deep that checking it is out of the question.
    throw new StudioError('report-unreadable', 'nested too deeply')
  }
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new StudioError('report-unreadable', `${issue?.path.map(String).join('.').slice(0, 100) || 'the whole'}: not as a report has it`)
}
