import type { CheckState, DiagnosticOptions } from '@shared/domain/diagnostics.ts'
import { findingText, questionOf } from '@shared/texts/checks/finding-text.ts'
import type { Clock } from '../base/clock.ts'
import type { Diagnostics } from './diagnostics.ts'

/** A page that has not said by then what it can check does without: its checks are told as not carried out. */
const PAGE_WITHIN_MS = 20_000

/** What runs when no names are given: everything that disturbs nobody and asks nobody. */
const USUAL_GROUPS = ['environment', 'camera', 'microphone', 'speaker', 'screen', 'system', 'network'] as const

export interface UnattendedChecks {
  diagnostics: Diagnostics
  /** Empty = all but pushing to the destinations. */
  names: readonly string[]
  options: DiagnosticOptions
  clock: Pick<Clock, 'sleep'>
  /** Takes one line for people per check. */
  out: { write(text: string): unknown }
  signal: AbortSignal
}

/** Runs checks without a window and answers what they found. Throws StudioError `input-invalid` for a name that nobody knows. */
export async function diagnoseUnattended({ diagnostics, names, options, clock, out, signal }: UnattendedChecks): Promise<CheckState[]> {
  await pageIsThere(diagnostics, clock, signal)
  const known = new Set(diagnostics.checks.value.map(({ group }) => group))
  const chosen = names.length > 0 ? names : USUAL_GROUPS.filter((group) => known.has(group)).map((group) => `group:${group}`)
  const { done } = await diagnostics.start(chosen, options)
  const told = new Set<string>()
  const unwatch = diagnostics.run.watch(({ checks }) => {
    for (const check of checks) {
      if (!check.finding || told.has(check.name)) continue
      told.add(check.name)
      out.write(lineOf(check))
    }
  })
  const onStop = () => void diagnostics.cancel()
  signal.addEventListener('abort', onStop, { once: true })
  try {
    return await done
  } finally {
    signal.removeEventListener('abort', onStop)
    unwatch()
  }
}

/** `FAIL  camera.picture  The picture does not move. Replug the camera.` */
export function lineOf({ name, status, finding }: CheckState): string {
  const { says, advice } = findingText(name, finding ?? { code: status }, 'en')
  return `${status.toUpperCase().padEnd(7)} ${name.padEnd(24)} ${says || questionOf(name, 'en')}${advice ? ` ${advice}` : ''}\n`
}

/** 1 as soon as one check failed or could not be carried out. */
export const exitCodeOfChecks = (results: readonly CheckState[]): 0 | 1 => (results.some(({ status }) => status === 'fail' || status === 'error') ? 1 : 0)

async function pageIsThere({ page }: Diagnostics, clock: Pick<Clock, 'sleep'>, signal: AbortSignal): Promise<void> {
  const waiting = new AbortController()
  let unwatch = () => {}
  const there = new Promise<void>((resolve) => {
    unwatch = page.known.watch((known) => void (known.length > 0 && resolve()))
  })
  const onStop = () => waiting.abort()
  signal.addEventListener('abort', onStop, { once: true })
  await Promise.race([there, clock.sleep(PAGE_WITHIN_MS, waiting.signal).catch(() => {})])
  waiting.abort()
  signal.removeEventListener('abort', onStop)
  unwatch()
}
