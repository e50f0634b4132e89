import type { Logger } from '../../base/logger.ts'

/** Keeps every line as text, for tests. */
export function fakeLog(): Logger & { lines: string[] } {
  const lines: string[] = []
  const note = (message: string, fields?: Record<string, unknown>): void => void lines.push(`${message} ${JSON.stringify(fields ?? {})}`)
  const log = { debug: note, info: note, warn: note, error: note, child: () => log, lines }
  return log
}
