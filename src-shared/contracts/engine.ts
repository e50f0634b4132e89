import { z } from 'zod'
import { encoding } from '../domain/encoding.ts'
import { reasons } from '../domain/errors.ts'
import { sourceStatus } from '../domain/source.ts'
import { programFigures } from './broadcast.ts'
import { call, nothing, service } from './service.ts'

/** What main wants of the engine. The engine composes always and codes only while `wanted`. */
export const programWish = z.object({ wanted: z.boolean(), encoding })
export type ProgramWish = z.infer<typeof programWish>

/** Spoken by the page's engine. */
export const engine = service('engine', {
  calls: {
    /** Twice a second. */
    report: call(z.object({ figures: programFigures, sources: z.array(sourceStatus) }), nothing),
    /** The engine cannot deliver the program, or (`reason` null) can again. */
    failure: call(z.object({ reason: z.enum(reasons).nullable(), evidence: z.string() }), nothing),
  },
  topics: { wish: programWish },
})
