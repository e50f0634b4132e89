import type { KeptStroke } from '@shared/domain/kept-stroke.ts'
import type { Show } from '@shared/domain/show.ts'
import type { Source } from '@shared/domain/source.ts'
import type { ShowEdit } from './show-edits.ts'

/** What is drawn on a source of the show, as it is kept. */
export const keepStrokes = (sourceId: string, strokes: KeptStroke[]): ShowEdit => (show) => ({
  ...show, sources: show.sources.map((each) => (each.id === sourceId && each.kind === 'annotation' ? { ...each, strokes } : each)),
})

/** The state that an undo or redo leads to, with everything drawn as it is now: drawings have an undo of their own. */
export function keepDrawings(to: Show, from: Show): Show {
  const drawn = new Map(from.sources.flatMap((each) => (each.kind === 'annotation' ? [[each.id, each.strokes] as const] : [])))
  const other = (each: Source): boolean => each.kind === 'annotation' && drawn.has(each.id) && drawn.get(each.id) !== each.strokes
  if (!to.sources.some(other)) return to
  return { ...to, sources: to.sources.map((each) => (each.kind === 'annotation' && other(each) ? { ...each, strokes: drawn.get(each.id) } : each)) }
}
