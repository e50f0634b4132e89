import { z } from 'zod'
import { call, nothing, service } from './service.ts'

/** What was going on when the studio before this one was cut off. */
export const uncleanEnd = z.object({
  version: z.string(),
  /** Wall time, ms since 1970; null = not known. */
  startedAtMs: z.number().nullable(),
  /** Since when it was live; null = it was not. */
  liveSinceMs: z.number().nullable(),
  recordingSinceMs: z.number().nullable(),
  /** Where it was live to, as far as these destinations are still there. */
  destinations: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type UncleanEnd = z.infer<typeof uncleanEnd>

export const safeStartState = z.object({
  /** Nothing is captured, no filter is at work, no key is global and nothing starts by itself, until the user wants it. */
  safe: z.boolean(),
  /** Two studios in a row were cut off soon after their start: most likely by what a safe start leaves out. */
  suggestSafe: z.boolean(),
  /** null once answered, or when there is nothing to ask. */
  uncleanEnd: uncleanEnd.nullable(),
})
export type SafeStartState = z.infer<typeof safeStartState>

export const safeStart = service('safeStart', {
  calls: {
    /** `go-on`: live again to the same destinations, and recorded again. Fails as going live does, and with `not-found` when it was neither. */
    answer: call(z.object({ how: z.enum(['go-on', 'safe', 'open']) }), nothing),
    /** Ends a safe start. */
    startSources: call(z.object({}), nothing),
  },
  topics: { state: safeStartState },
})
