import type { RunnableCheck } from '@shared/diagnostics/perform-checks.ts'

/** What the page's checks look at; each takes what it needs. */
export interface PageCheckParts {
  media: MediaDevices
}

/** Every check that the page carries out, a line each. */
export const pageChecks = (_parts: PageCheckParts): RunnableCheck[] => []
