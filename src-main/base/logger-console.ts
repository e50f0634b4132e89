import type { LogEntry, LogSink } from './logger.ts'

/** Lines for people: local time, level, name, sentence, fields as `name=value`. For the terminal (stderr: stdout may carry the report). */
export function consoleSink(out: { write(text: string): unknown }): LogSink {
  return { write: (entry) => void out.write(`${humanLine(entry)}\n`) }
}

/** Whoever reads our output may leave before us (a closed terminal, `| head`): from now on no reason to end a show. */
export function outliveReaders(outputs: readonly NodeJS.EventEmitter[]): void {
  for (const output of outputs) output.on('error', () => {})
}

export function humanLine(entry: LogEntry): string {
  const time = new Date(entry.atMs).toTimeString().slice(0, 8)
  const fields = Object.entries(entry.fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${humanValue(value)}`)
  const said = entry.name ? `${entry.name}: ${entry.message}` : entry.message
  return oneLine([time, entry.level.padEnd(5), said, ...fields].join(' '))
}

function humanValue(value: unknown): string {
  if (typeof value === 'string') return /^[\w.:/*-]+$/.test(value) ? value : JSON.stringify(value)
  if (isErrorLike(value)) return JSON.stringify(value.message)
  return JSON.stringify(value) ?? 'undefined'
}

const isErrorLike = (value: unknown): value is { message: string } =>
  typeof value === 'object' && value !== null && 'stack' in value && 'message' in value && typeof value.message === 'string'

/** Text from a server must not be able to draw lines of its own or steer the terminal. */
// eslint-disable-next-line no-control-regex
const oneLine = (text: string): string => text.replace(/[\u0000-\u001F\u007F-\u009F]+/g, ' ')
