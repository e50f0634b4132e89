import type { Clock } from './clock.ts'
import type { Redactor } from './redact.ts'

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

export interface LoggerOptions {
  clock: Pick<Clock, 'now'>
  /** Every message and every field passes through it before any sink sees it. */
  redactor: Redactor
  level: LogLevel
  sinks: readonly LogSink[]
}

export function createLogger(options: LoggerOptions): Logger {
  return new SinkLogger(options, '')
}

class SinkLogger implements Logger {
  readonly #options: LoggerOptions
  readonly #name: string

  constructor(options: LoggerOptions, name: string) {
    this.#options = options
    this.#name = name
  }

  debug = (message: string, fields?: LogFields): void => this.#write('debug', message, fields)
  info = (message: string, fields?: LogFields): void => this.#write('info', message, fields)
  warn = (message: string, fields?: LogFields): void => this.#write('warn', message, fields)
  error = (message: string, fields?: LogFields): void => this.#write('error', message, fields)
  child = (name: string): Logger => new SinkLogger(this.#options, this.#name ? `${this.#name}.${name}` : name)

  #write(level: LogLevel, message: string, fields: LogFields = {}): void {
    const { clock, redactor, sinks } = this.#options
    if (logLevels.indexOf(level) < logLevels.indexOf(this.#options.level)) return
    try {
      const entry: LogEntry = {
        atMs: clock.now(),
        level,
        name: this.#name,
        message: redactor.text(message),
        fields: redactor.value(fields) as LogFields,
      }
      for (const sink of sinks) sink.write(entry)
    } catch {
      // Logging never breaks what is logged.
    }
  }
}
