import type { NoticeDelivery, NoticeDialect } from '@shared/domain/webhook.ts'

/** A try that has no whole answer by then counts as failed; the room dialect's own limit, taken for both. */
export const ANSWER_WITHIN_MS = 5000

const CLASSIC_EVERY_MS = 60_000
const CLASSIC_TRIES = 10
const ROOM_EVERY_MS = 10_000
const ROOM_FOR_MS = 60_000
/** One, one at once, and one every 10 s of that minute: what holds when the clock is set back meanwhile. */
const ROOM_TRIES = 2 + ROOM_FOR_MS / ROOM_EVERY_MS

type Aged = Pick<NoticeDelivery, 'dialect' | 'createdAtMs'>

/**
 * When a notice that was not delivered is tried again, wall time in ms; null = no more.
 * Classic: once a minute, 10 tries at most. Room: again at once, then every 10 s, until it is 1 minute old.
 * `tries`: those made, from 1; `triedAtMs`: when the last one began.
 */
export function nextTryAtMs(notice: Aged, tries: number, triedAtMs: number, nowMs: number): number | null {
  if (notice.dialect === 'classic') return tries >= CLASSIC_TRIES ? null : Math.max(nowMs, triedAtMs + CLASSIC_EVERY_MS)
  const nextMs = tries === 1 ? nowMs : Math.max(nowMs, triedAtMs + ROOM_EVERY_MS)
  return tries >= ROOM_TRIES || isTooOld(notice, nextMs) ? null : nextMs
}

/** How long until then, ms; never longer than between two tries, whatever the clock was set to since. */
export function waitMs({ dialect, nextTryAtMs: untilMs }: Pick<NoticeDelivery, 'dialect' | 'nextTryAtMs'>, nowMs: number): number {
  return Math.min(dialect === 'classic' ? CLASSIC_EVERY_MS : ROOM_EVERY_MS, Math.max(0, (untilMs ?? 0) - nowMs))
}

/** A notice that waited this long, e.g. while the studio was closed, is news no more. */
export function isTooOld({ dialect, createdAtMs }: Aged, nowMs: number): boolean {
  return nowMs - createdAtMs > LIVES_MS[dialect]
}

const LIVES_MS: Readonly<Record<NoticeDialect, number>> = { classic: CLASSIC_TRIES * CLASSIC_EVERY_MS, room: ROOM_FOR_MS }
