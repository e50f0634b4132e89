import { z } from 'zod'
import { bottleneck, pastShow, statisticsSample } from '../domain/statistics.ts'
import { call, nothing, service } from './service.ts'

/** What is measured each second, and what was measured in past shows. */
export const statistics = service('statistics', {
  calls: {
    /** The last ten minutes, oldest first. */
    recent: call(z.object({}), z.array(statisticsSample)),
    /** All of a past show. Fails with `not-found`. */
    samples: call(z.object({ showId: z.string().max(100) }), z.array(statisticsSample)),
    /** A past show as a file's text: one JSON document, or CSV with a row per second and destination. */
    export: call(z.object({ showId: z.string().max(100), format: z.enum(['json', 'csv']) }), z.object({ fileName: z.string(), text: z.string() })),
    remove: call(z.object({ showId: z.string().max(100) }), nothing),
  },
  topics: {
    /** The second that has just passed, and what held things up in it. */
    now: z.object({ sample: statisticsSample, bottlenecks: z.array(bottleneck) }).nullable(),
    /** Newest first; totals survive reconnects. */
    past: z.array(pastShow),
  },
})
