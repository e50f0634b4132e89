import { z } from 'zod'
import { reasons } from '../domain/errors.ts'
import { call, nothing, service } from './service.ts'

/** What a file says now. */
export const textFile = z.object({
  path: z.string(),
  /** null = it cannot be read, for `problem`. */
  text: z.string().nullable(),
  problem: z.enum(reasons).nullable(),
})
export type TextFile = z.infer<typeof textFile>

/** Text files whose words the show's texts take. */
export const textFiles = service('textFiles', {
  calls: {
    /** Opens the system's dialog; null when the user gives up. Fails with `not-found` where there is none. */
    choose: call(z.object({}), z.object({ path: z.string().nullable() })),
    /** The user wants this file shown, by its absolute path: only such files are read, whatever a show names. */
    allow: call(z.object({ path: z.string().min(1).max(4000) }), nothing),
  },
  /** Of the files that the show names. */
  topics: { files: z.array(textFile) },
})
