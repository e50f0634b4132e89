import type { diagnostics } from '@shared/contracts/diagnostics.ts'
import type { Handlers } from '@shared/contracts/service.ts'
import type { CheckState, DiagnosticRun } from '@shared/domain/diagnostics.ts'
import type { DiagnosticReport } from '@shared/domain/diagnostic-report.ts'
import { readDiagnosticReport } from '@shared/domain/diagnostic-report-read.ts'
import { reportText } from '@shared/texts/checks/report-text.ts'
import type { Watchable } from '../../rpc/topic.ts'
import { makeReport, type ReportSurroundings } from './make-report.ts'
import { redactReport } from './redact-report.ts'

/** Makes reports of the newest finding of each check since the studio was opened: the guide makes a run per step. */
export class ReportKeeper {
  readonly #found = new Map<string, CheckState>()

  constructor(
    run: Watchable<DiagnosticRun>,
    private readonly about: ReportSurroundings,
  ) {
    run.watch(({ checks }) => {
      for (const check of checks) if (check.finding) this.#found.set(check.name, check)
    })
  }

  make(redacted: boolean): DiagnosticReport {
    const report = makeReport([...this.#found.values()], this.about)
    return redacted ? redactReport(report) : report
  }

  readonly handlers: Pick<Handlers<typeof diagnostics>, 'report' | 'importReport'> = {
    report: ({ redacted, language }) => {
      const report = this.make(redacted)
      return { report, text: reportText(report, language) }
    },
    importReport: ({ text, language }) => {
      const report = readDiagnosticReport(text)
      return { report, text: reportText(report, language) }
    },
  }
}
