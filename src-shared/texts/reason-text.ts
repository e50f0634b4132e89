import type { Reason } from '../domain/errors.ts'

/** What the user reads about one reason: what happened, and the one thing to do next. */
export interface ReasonText {
  says: string
  advice: string
}

export type ReasonTexts = Readonly<Record<Reason, ReasonText>>
