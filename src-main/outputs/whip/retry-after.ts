/** Nobody waits longer than a day for a server, whatever it says. */
const MAX_MS = 24 * 60 * 60_000

/**
 * How long a server wants to be left alone (RFC 9110 §10.2.3), ms from `nowMs` (wall time): whole seconds or a date.
 * null when nothing, or nothing that can be read, was said.
 */
export function retryAfterMs(field: string | null, nowMs: number): number | null {
  const text = field?.trim() ?? ''
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, MAX_MS)
  // Dates have a name of a day or a month in all three forms; `Date.parse` alone takes "1" for a year.
  if (!/[a-z]{3}/i.test(text)) return null
  const atMs = Date.parse(text)
  return Number.isNaN(atMs) ? null : Math.min(Math.max(0, atMs - nowMs), MAX_MS)
}
