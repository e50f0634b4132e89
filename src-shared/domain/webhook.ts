import { z } from 'zod'

/** How notices look and are signed: `classic` names streams, `room` names rooms and users. */
export const NOTICE_DIALECTS = ['classic', 'room'] as const
export const noticeDialect = z.enum(NOTICE_DIALECTS)
export type NoticeDialect = z.infer<typeof noticeDialect>

/** What an address can be told of. Classic knows `recording` (files, snapshots) and `push` (started, broken off) only. */
export const NOTICE_GROUPS = ['room', 'media', 'recording', 'push', 'ingest'] as const
export const noticeGroup = z.enum(NOTICE_GROUPS)
export type NoticeGroup = z.infer<typeof noticeGroup>
export const GROUPS_OF: Readonly<Record<NoticeDialect, readonly NoticeGroup[]>> = { classic: ['recording', 'push'], room: NOTICE_GROUPS }

const MAX_URL_LENGTH = 2048
/** The room dialect's own limit: letters and digits, 32 at most. */
const ROOM_KEY = /^[0-9A-Za-z]{1,32}$/

/** A place of the user's own back end. Its key, and the query of its URL, live in the host's secret store. */
export const webhook = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(200),
  /** `http(s)://…`, without user info, query and fragment. */
  url: z.string().max(MAX_URL_LENGTH),
  dialect: noticeDialect,
  /** The header `SdkAppId` and the field `appid`; empty = 0. */
  applicationId: z.string().regex(/^\d{0,15}$/),
  groups: z.array(noticeGroup),
  enabled: z.boolean(),
})
export type Webhook = z.infer<typeof webhook>

/** What the page may know of an address: everything but its secrets. */
export const webhookView = webhook.extend({ hasKey: z.boolean(), hasQuery: z.boolean() })
export type WebhookView = z.infer<typeof webhookView>

/** Who the studio says it is, in every notice. */
export const noticeIdentity = z.object({
  /** All digits = a number room. */
  roomId: z.string().min(1).max(64),
  userId: z.string().min(1).max(64),
  /** Handed through in `stream_param`, for the back end to find its own record again; empty = none. */
  recordId: z.string().max(200),
})
export type NoticeIdentity = z.infer<typeof noticeIdentity>
export const DEFAULT_IDENTITY: NoticeIdentity = { roomId: 'studio', userId: 'me', recordId: '' }

/** What is wrong with a key, or null. An empty one is refused too: a notice that nobody can check is worth nothing. */
export function keyProblem(dialect: NoticeDialect, key: string): 'key-missing' | 'key-room' | 'key-characters' | null {
  if (key === '') return 'key-missing'
  if (dialect === 'room' && !ROOM_KEY.test(key)) return 'key-room'
  return key.length > 128 || /[\p{Cc}\s]/u.test(key) ? 'key-characters' : null
}

/** One notice on its way: waiting or being sent, or what became of it. */
export const noticeDelivery = z.object({
  id: z.string(),
  webhookId: z.string(),
  dialect: noticeDialect,
  /** Room: the event's type, e.g. 401. Classic: `event_type`. */
  eventType: z.int(),
  /** What it is about, e.g. a destination's state; empty where the type says it all. */
  about: z.string(),
  createdAtMs: z.number(),
  state: z.enum(['waiting', 'sending', 'delivered', 'given-up', 'dropped']),
  tries: z.int(),
  nextTryAtMs: z.number().nullable(),
  /** What came of the last try: an HTTP status or null, and the beginning of the answer or what went wrong. */
  status: z.int().nullable(),
  answer: z.string(),
  tookMs: z.number().nullable(),
})
export type NoticeDelivery = z.infer<typeof noticeDelivery>

/** What the checker says of a pasted notice. */
export const NOTICE_VERDICTS = [
  'valid', 'expired', 'wrong-sign', 'body-changed', 'wrong-form', 'body-empty', 'body-not-json', 'sign-missing', 'time-missing', 'key-missing', 'key-room', 'key-characters',
] as const
export const noticeVerdict = z.object({
  verdict: z.enum(NOTICE_VERDICTS),
  /** The signature that would fit; empty where none can be made. */
  expected: z.string(),
  /** Classic: until when it is to be trusted, ms since 1970; null where there is no `t`. */
  expiresAtMs: z.number().nullable(),
})
export type NoticeVerdict = z.infer<typeof noticeVerdict>
