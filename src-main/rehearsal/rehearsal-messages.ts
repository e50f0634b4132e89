import { z } from 'zod'

/** What the studio tells the rehearsal server. By message, not by argument: arguments are for everybody to read. */
export const toRehearsalServer = z.object({
  type: z.literal('start'),
  /** The stream's public name: part of the playback address. */
  streamName: z.string().regex(/^[a-z0-9]{16,64}$/),
  /** Needed for publishing, given as `name?key=…`; not for playing. */
  publishKey: z.string().regex(/^[a-z0-9]{16,64}$/),
})
export type ToRehearsalServer = z.infer<typeof toRehearsalServer>

/** What the rehearsal server tells the studio: that it runs, where it listens, whether somebody publishes. */
export const fromRehearsalServer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('loaded') }),
  z.object({ type: z.literal('ready'), rtmpPort: z.int(), httpPort: z.int() }),
  z.object({ type: z.literal('publishing'), publishing: z.boolean() }),
  z.object({ type: z.literal('failed'), evidence: z.string() }),
])
export type FromRehearsalServer = z.infer<typeof fromRehearsalServer>

export const APPLICATION = 'live'
