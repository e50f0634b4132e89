import { z } from 'zod'
import { watchEvent } from '../domain/watchdogs.ts'
import { call, nothing, service } from './service.ts'

/** What happened to the show on air, and what is happening. */
export const watchdogs = service('watchdogs', {
  calls: {
    /** It is meant to be so: nothing more is said or done about it until it is over. */
    ignore: call(z.object({ eventId: z.string().max(100) }), nothing),
    /** Spoken by the page, which alone is told by every system. */
    battery: call(z.object({ onBattery: z.boolean(), percent: z.number().min(0).max(100) }), nothing),
  },
  topics: {
    /** What lasts now, oldest first; what was ignored is not in it. */
    active: z.array(watchEvent),
    /** Of the show that is on, or was on last, oldest first. */
    history: z.array(watchEvent),
  },
})
