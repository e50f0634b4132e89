import { z } from 'zod'
import { checkState } from '../domain/diagnostics.ts'
import { call, service } from './service.ts'

/** What was found before a show, in the order in which it is shown. */
export const preflightReport = z.object({ checks: z.array(checkState).max(50), durationMs: z.number() })
export type PreflightReport = z.infer<typeof preflightReport>

/** A short look before *Go live*. It hinders nobody: whether to go live in spite of it is the window's and the user's business. */
export const preflight = service('preflight', {
  calls: {
    /** Answers within 2 s, whatever hangs. Leaves the last run of `diagnostics` as it is. */
    check: call(z.object({}), preflightReport),
  },
  topics: {},
})
