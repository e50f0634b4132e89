import { z } from 'zod'
import { call, nothing, service } from './service.ts'

export const logLevel = z.enum(['debug', 'info', 'warn', 'error'])

export const logLine = z.object({
  /** Tells lines apart: the place in its file. */
  id: z.string(),
  /** Wall time, ms since 1970. */
  atMs: z.number(),
  level: logLevel,
  /** Which part of the studio said it, e.g. `output.rtmp`. */
  name: z.string(),
  message: z.string(),
  /** Everything else of the line, as JSON; empty = nothing else. */
  more: z.string(),
})
export type LogLine = z.infer<typeof logLine>

/** What the studio has written down about itself. No line carries a secret. */
export const logs = service('logs', {
  calls: {
    /**
     * The newest lines that fit, oldest first. `before`: only those before that place, as an earlier answer gave it.
     * Looks through a bounded piece of the files at a time: an answer may be short, or empty, while `before` is not null.
     */
    tail: call(
      z.object({
        before: z.string().max(200).nullable(),
        limit: z.int().min(1).max(500),
        /** This level and those above it. */
        level: logLevel,
        /** Upper and lower case are the same; empty = every line. */
        text: z.string().max(200),
      }),
      z.object({ lines: z.array(logLine), before: z.string().nullable() }),
    ),
    /** Shows the newest file in the file manager; fails with `no-file-manager` where there is none. */
    reveal: call(z.object({}), nothing),
  },
  topics: {},
})
