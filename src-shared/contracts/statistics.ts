import { z } from 'zod'
import { bottleneck, pastShow, statisticsSample } from '../domain/statistics.ts'
import { call, nothing, service } from './service.ts'

/** What is measured each second, and what was measured in past shows. */
export const statistics = service('statistics', {
  calls: {
    /** The last ten minutes, oldest first. */
    recent: call(z.object({}), z.array(statisticsSample)),
    /** A past show from beginning to end, to look at: a long one with only every second, fourth … sample. Fails with `not-found`. */
    samples: call(z.object({ showId: z.string().max(100) }), z.array(statisticsSample)),
    /**
     * All of a past show as a file's text: one JSON document, or CSV with a row per second and destination. In pieces: `next` is
     * the following one's `from`, null after the last.
     */
    export: call(
      z.object({ showId: z.string().max(100), format: z.enum(['json', 'csv']), from: z.int().min(0).default(0) }),
      z.object({ fileName: z.string(), text: z.string(), next: z.int().nullable() }),
    ),
    remove: call(z.object({ showId: z.string().max(100) }), nothing),
  },
  topics: {
    /** The second that has just passed, and what held things up in it. */
    now: z.object({ sample: statisticsSample, bottlenecks: z.array(bottleneck) }).nullable(),
    /** Newest first; totals survive reconnects. */
    past: z.array(pastShow),
  },
})
