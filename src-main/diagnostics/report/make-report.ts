import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { diagnosticReport, type DiagnosticReport, summaryOf } from '@shared/domain/diagnostic-report.ts'
import type { CheckState } from '@shared/domain/diagnostics.ts'

export interface ReportSurroundings {
  version: string
  host: string
  versions: Readonly<Record<string, string>>
  locale: string
  /** Wall time, ms since 1970. */
  now: () => number
}

/** What was found, as a report that can be kept, compared and sent. */
export function makeReport(results: readonly CheckState[], { version, host, versions, locale, now }: ReportSurroundings): DiagnosticReport {
  return {
    schema: 1,
    id: randomUUID(),
    createdAt: new Date(now()).toISOString(),
    app: { version, host, platform: process.platform, arch: process.arch, locale, versions: { ...versions } },
    redacted: false,
    summary: summaryOf(results),
    results: [...results],
  }
}

/** The JSON schema that `docs/diagnostics.schema.json` holds. */
export function diagnosticsJsonSchema(): string {
  const schema = { ...z.toJSONSchema(diagnosticReport), title: 'Castwright diagnostics', description: 'What `castwright --diagnose --report` writes.' }
  return `${JSON.stringify(schema, null, 2)}\n`
}
