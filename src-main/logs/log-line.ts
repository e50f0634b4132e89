import type { LogLine } from '@shared/contracts/logs.ts'
import { type LogLevel, logLevels } from '../base/logger.ts'

/** What a page is given of one line; the rest of it is cut. */
const MAX_MESSAGE = 2000
const MAX_MORE = 4000

/** A line of the log as it lies in the file; null when it is none, as the half line that a power cut leaves. */
export function readLogLine(text: string, id: string): LogLine | null {
  try {
    const { at, level, name, message, ...more } = JSON.parse(text) as Record<string, unknown>
    if (!logLevels.includes(level as LogLevel) || typeof message !== 'string') return null
    const atMs = Date.parse(String(at))
    return {
      id,
      // The note of dropped lines bears no time.
      atMs: Number.isFinite(atMs) ? atMs : 0,
      level: level as LogLevel,
      name: typeof name === 'string' ? name : '',
      message: message.slice(0, MAX_MESSAGE),
      more: Object.keys(more).length > 0 ? JSON.stringify(more).slice(0, MAX_MORE) : '',
    }
  } catch {
    return null
  }
}

export const isAtLeast = (level: LogLevel, least: LogLevel): boolean => logLevels.indexOf(level) >= logLevels.indexOf(least)
