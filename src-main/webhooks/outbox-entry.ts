import { z } from 'zod'
import { noticeDelivery } from '@shared/domain/webhook.ts'

/** A notice that is not delivered yet, as it waits on the disk: without signature, key and address. */
export const outboxEntry = z.object({ delivery: noticeDelivery, body: z.string() })
export type OutboxEntry = z.infer<typeof outboxEntry>

export const outboxFile = z.object({
  entries: z.array(outboxEntry),
  /** The room was entered and not left: still so at the next start = the studio was gone. */
  onAir: z.boolean(),
})
export type OutboxFile = z.infer<typeof outboxFile>
export const EMPTY_OUTBOX: OutboxFile = { entries: [], onAir: false }
