import { z } from 'zod'
import { checkState, type CheckState, checkStatus, lineQuality, type LineQuality } from './diagnostics.ts'

/** What a report says at first sight. */
export const diagnosticSummary = z.object({
  /** The worst of the results. */
  status: checkStatus,
  /** Of the line, 0 to 6; 0 = not measured. */
  quality: lineQuality,
  /** How many results there are of each kind. */
  counts: z.record(z.string().max(20), z.int().min(0)),
})
export type DiagnosticSummary = z.infer<typeof diagnosticSummary>

/** One report for the command line, the window and whoever helps. Unknown checks and codes are kept: it may come from a newer Castwright. */
export const diagnosticReport = z.object({
  schema: z.literal(1),
  id: z.string().min(1).max(100),
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  app: z.object({
    version: z.string().max(100),
    host: z.string().max(50),
    platform: z.string().max(50),
    arch: z.string().max(50),
    locale: z.string().max(50),
    versions: z.record(z.string().max(50), z.string().max(200)),
  }),
  /** True: only what the allow-list names is in it. */
  redacted: z.boolean(),
  summary: diagnosticSummary,
  results: z.array(checkState).max(200),
})
export type DiagnosticReport = z.infer<typeof diagnosticReport>

/** Worst first. What was not carried out says nothing about the rest. */
const WORST_FIRST = ['fail', 'error', 'warn', 'pass', 'skipped', 'running', 'pending'] as const

/** The check whose finding carries the line's quality as `data.quality`. */
const LINE_CHECK = 'network.line'

export function summaryOf(results: readonly CheckState[]): DiagnosticSummary {
  const counts: Record<string, number> = {}
  for (const { status } of results) counts[status] = (counts[status] ?? 0) + 1
  const quality = lineQuality.safeParse(results.find(({ name }) => name === LINE_CHECK)?.finding?.data?.['quality'])
  return { status: WORST_FIRST.find((status) => counts[status]) ?? 'skipped', quality: quality.success ? (quality.data as LineQuality) : 0, counts }
}
