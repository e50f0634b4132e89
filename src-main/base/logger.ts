/** What a log line may carry beside its sentence: small JSON values, never packets or whole settings. */
export type LogFields = Record<string, unknown>

/**
 * Where everything in main says what it does: one `info` per change of state, `warn` per automatic retry,
 * `error` only when the user is told. Calling it never throws and never waits.
 */
export interface Logger {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
  /** A logger whose lines carry `name` behind its parent's name, e.g. `output.rtmp`. */
  child(name: string): Logger
}

export const logLevels = ['debug', 'info', 'warn', 'error'] as const
export type LogLevel = (typeof logLevels)[number]

/** One line before it is written. `name` is empty for the root logger. */
export interface LogEntry {
  /** Wall time, ms since 1970. */
  atMs: number
  level: LogLevel
  name: string
  message: string
  fields: LogFields
}

/** Takes finished, redacted entries. Must not throw and must not block. */
export interface LogSink {
  write(entry: LogEntry): void
}

/** Swallows everything: for tests and for units that were given no logger. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLogger,
}
