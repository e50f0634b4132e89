/** What the user reads about one finding: what was seen, and the one thing to do next (empty where there is nothing to do). */
export interface FindingText {
  says: string
  advice: string
}

/** What the user reads about one check. `asks` is a question; `{name}` in a sentence stands for a finding's parameter. */
export interface CheckText {
  asks: string
  findings: Readonly<Record<string, FindingText>>
}

export type CheckTexts = Readonly<Record<string, CheckText>>

/** The same checks and findings in another language. */
export type SameChecks<T extends CheckTexts> = { readonly [N in keyof T]: { asks: string; findings: { readonly [C in keyof T[N]['findings']]: FindingText } } }

/** Findings that any check may have, because its runner makes them. */
export const RUNNER_CODES = ['timed-out', 'cancelled', 'page-gone', 'failed'] as const
export type RunnerCode = (typeof RUNNER_CODES)[number]
