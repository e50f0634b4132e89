import type { LogLine } from '@shared/contracts/logs.ts'

/** 14:03:22.123 in the computer's own time. */
export function timeText(atMs: number): string {
  const at = new Date(atMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`
}

/** One line each, for the clipboard, with the whole time. */
export const asText = (lines: readonly LogLine[]): string =>
  lines.map(({ atMs, level, name, message, more }) => [new Date(atMs).toISOString(), level, name, message, more].filter((part) => part !== '').join(' ')).join('\n')
