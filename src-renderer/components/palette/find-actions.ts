import { isEnabled, titleOf } from '../../actions/action.ts'
import type { Say, StudioAction } from '../../actions/action.ts'
import { matchScore, WHOLE } from '../../actions/fuzzy.ts'

/** More than this nobody reads. */
const MOST = 60

export interface Found {
  action: StudioAction
  /** In the first of the languages. */
  title: string
  isRecent: boolean
}

/**
 * The actions that answer what was typed, best first; before anything is typed those used recently, newest first, then all others as they
 * are listed. Where somebody is called what was typed, those with its letters here and there are left out. `languages`: the current one first, and others in which they may be called too. What is not possible now comes last.
 */
export function findActions(actions: readonly StudioAction[], typed: string, languages: readonly Say[], recent: readonly string[]): Found[] {
  const [current] = languages
  if (!current) return []
  const judged = actions
    .filter((action) => action.run !== undefined)
    .flatMap((action) => {
      const scores = languages.map((say) => matchScore(typed, titleOf(action, say))).filter((each) => each !== null)
      const place = recent.indexOf(action.id)
      // A recent one wins among equals; how recent decides between two of them.
      const bonus = place < 0 ? 0 : 20 - place
      return scores.length === 0 ? [] : [{ action, title: titleOf(action, current), isRecent: place >= 0, score: Math.max(...scores) + bonus, possible: isEnabled(action) ? 1 : 0 }]
    })
  const isCalledSo = typed.trim() !== '' && judged.some(({ score }) => score >= WHOLE)
  const kept = isCalledSo ? judged.filter(({ score }) => score >= WHOLE) : judged
  return kept.toSorted((a, b) => b.possible - a.possible || b.score - a.score).slice(0, MOST).map(({ action, title, isRecent }) => ({ action, title, isRecent }))
}
