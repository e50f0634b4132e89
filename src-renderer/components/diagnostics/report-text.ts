import type { CheckState } from '@shared/domain/diagnostics.ts'
import { type CheckLanguage, findingText, questionOf } from '@shared/texts/checks/finding-text.ts'

/** What was found, to be read or pasted into a message: a line for each check that was carried out, with what to do below it. */
export function reportText(states: readonly CheckState[], { language, standing, head }: { language: CheckLanguage; standing: (state: CheckState) => string; head: string }): string {
  const lines = states
    .filter(({ finding }) => finding !== null)
    .flatMap((state) => {
      const { says, advice } = findingText(state.name, state.finding!, language)
      return [`[${standing(state)}] ${questionOf(state.name, language)}`, `    ${says}`, ...(advice ? [`    → ${advice}`] : [])]
    })
  return [head, '', ...lines, ''].join('\n')
}
