/** Texts that follow the clock: what they say at a moment, and when they next say something else. Local time. */

const pad = (value: number, digits: number): string => String(value).padStart(digits, '0')

/** The placeholders of a format; all else stands for itself. */
const PARTS: Readonly<Record<string, (at: Date) => string>> = {
  YYYY: (at) => String(at.getFullYear()),
  YY: (at) => pad(at.getFullYear() % 100, 2),
  MM: (at) => pad(at.getMonth() + 1, 2),
  DD: (at) => pad(at.getDate(), 2),
  HH: (at) => pad(at.getHours(), 2),
  H: (at) => String(at.getHours()),
  hh: (at) => pad(at.getHours() % 12 || 12, 2),
  h: (at) => String(at.getHours() % 12 || 12),
  mm: (at) => pad(at.getMinutes(), 2),
  ss: (at) => pad(at.getSeconds(), 2),
  A: (at) => (at.getHours() < 12 ? 'AM' : 'PM'),
}
const PLACEHOLDER = /\[([^\]]*)\]|YYYY|YY|MM|DD|HH|H|hh|h|mm|ss|A/g

/** `HH:mm:ss`, `h:mm A`, `YYYY-MM-DD` …; what stands in [brackets] is taken as it is. `atMs`: since 1970. */
export function formatClock(format: string, atMs: number): string {
  const at = new Date(atMs)
  return format.replaceAll(PLACEHOLDER, (part: string, literal?: string) => literal ?? PARTS[part]?.(at) ?? part)
}

/** ms until the next full second: no format shows less. */
export const untilNextSecondMs = (atMs: number): number => 1000 - (((Math.floor(atMs) % 1000) + 1000) % 1000)

/** What a countdown says: `1:02:03`, `02:03`; a second that has begun counts. */
export function formatLeft(leftMs: number): string {
  const seconds = Math.ceil(Math.max(0, leftMs) / 1000)
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${pad(minutes, 2)}:${pad(seconds % 60, 2)}` : `${pad(minutes, 2)}:${pad(seconds % 60, 2)}`
}
