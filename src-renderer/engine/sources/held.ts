import { hasPicture, type Source, type SourceKind } from '@shared/domain/source.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** What a driver, another program or a page on the web has a part in: what may take a studio with it. */
const HELD_KINDS: ReadonlySet<SourceKind> = new Set(['camera', 'microphone', 'screen', 'web-page'])

export const canBeHeld = (source: Source): boolean => HELD_KINDS.has(source.kind)

/** Stands where a source would run, and opens nothing. */
export function startHeld(source: Source, context: SourceContext): SourceRunner {
  if (hasPicture(source.kind)) context.pictures.away(source.id)
  context.tell(source.id, { condition: 'held' })
  return { update: (next) => next.kind === source.kind, restart: async () => {}, onDevices() {}, stop() {} }
}
