import { z } from 'zod'
import { reasons } from '../domain/errors.ts'
import { noticeDelivery, noticeDialect, noticeIdentity, noticeVerdict, webhook, webhookView } from '../domain/webhook.ts'
import { call, nothing, service } from './service.ts'

/** As typed; main checks it by the dialect. */
const key = z.string().max(2048)

/** Notices to the user's own back end. */
export const webhooks = service('webhooks', {
  calls: {
    /**
     * `key` undefined = unchanged. A query in the URL is kept as a secret; the same URL without one keeps it, a bare `?` at
     * its end removes it. Fails with `address-invalid`, `address-scheme-unknown` or `input-invalid`.
     */
    save: call(z.object({ webhook: webhook.extend({ url: z.string().max(4096) }), key: key.optional() }), webhookView),
    /** What waits for it is dropped. */
    remove: call(z.object({ webhookId: z.string() }), nothing),
    setIdentity: call(noticeIdentity, nothing),
    /** Sends one notice, once, and says what came back. */
    test: call(
      z.object({ webhookId: z.string() }),
      z.object({
        /** null when there was no answer. */
        status: z.int().nullable(),
        tookMs: z.number(),
        /** The beginning of the answer, or what went wrong. */
        answer: z.string(),
        reason: z.enum(reasons).nullable(),
        /** The receiver's clock less this computer's, by its `Date` header; ± 1 s. */
        clockOffsetMs: z.number().nullable(),
      }),
    ),
    /** Checks a notice that somebody received. `webhookId` = with the key that is kept for it. Nothing of it is kept. */
    check: call(z.object({ dialect: noticeDialect, body: z.string().max(1_000_000), sign: z.string().max(500), key, webhookId: z.string().optional() }), noticeVerdict),
  },
  topics: {
    list: z.array(webhookView),
    identity: noticeIdentity,
    /** The last hundred, newest first. */
    log: z.array(noticeDelivery),
    /** The newest answer's clock less this computer's, ms, ± 1 s; null while nobody has answered. */
    clock: z.object({ offsetMs: z.number().nullable() }),
  },
})
