import type { Source, SourceOf } from '@shared/domain/source.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** A scene inside another one. The engine worker draws it, from the same sources; here it is only said to be there. */
export function startNestedScene(initial: SourceOf<'scene'>, context: SourceContext): SourceRunner {
  context.tell(initial.id, { condition: 'active' })
  return { update: (next: Source) => next.kind === 'scene', restart: async () => {}, onDevices() {}, stop() {} }
}
