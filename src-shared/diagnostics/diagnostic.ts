import type { z } from 'zod'
import type { CheckDescription, DiagnosticOptions, Finding } from '../domain/diagnostics.ts'
import type { CheckName, FindingCode } from '../texts/checks/checks.en.ts'

/** The part of a clock that checks and their runner use. */
export interface DiagnosticClock {
  /** Wall time, ms since 1970. */
  now(): number
  monotonicMs(): number
  /** Rejects with `signal.reason` as soon as the signal aborts. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>
}

export interface DiagnosticLog {
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
}

/** What a check is given. It ends soon after `signal` aborts, and leaves nothing open. */
export interface Performing {
  readonly log: DiagnosticLog
  readonly clock: DiagnosticClock
  readonly signal: AbortSignal
  readonly options: DiagnosticOptions
  /** How far it is (0 to 1), and what it sees meanwhile. May be called as often as one likes. */
  progress(fraction: number, live?: LiveFigures): void
}

/** What a check sees while it runs, for a live picture of it. */
export type LiveFigures = Record<string, z.core.util.JSONType>

/** A finding whose code has a sentence under this check's name. */
export type FindingOf<N extends CheckName> = Omit<Finding, 'code'> & { code: FindingCode<N> }

/**
 * One question that can be answered by looking. A new check is one file with one of these, one line in the list of the side
 * that performs it (`src-main/diagnostics/main-checks.ts`, `src-renderer/engine/diagnostics/page-checks.ts`), and its sentences.
 * What goes wrong inside is thrown as a StudioError; the runner turns it into an `error`.
 */
export interface Diagnostic<N extends CheckName = CheckName> extends CheckDescription {
  readonly name: N
  perform(given: Performing): Promise<FindingOf<N>>
}

/** Keeps a check's own name in its type, so that its codes are checked. */
export const diagnostic = <N extends CheckName>(check: Diagnostic<N>): Diagnostic<N> => check
