import type { Source, SourceOf } from '@shared/domain/source.ts'
import { fromKept } from '../drawing/kept-strokes.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** A transparent picture to draw upon, with what was drawn before; what is drawn from then on comes from the user, not from here. */
export function startAnnotation(initial: SourceOf<'annotation'>, context: SourceContext): SourceRunner {
  let source = initial
  const begin = (): void => {
    context.pictures.drawing(source.id, source.width, source.height, fromKept(source.strokes))
    context.tell(source.id, { condition: 'active' })
  }
  begin()
  return {
    update(next: Source) {
      if (next.kind !== 'annotation') return false
      const before = source
      source = next
      if (before.width !== next.width || before.height !== next.height) begin()
      return true
    },
    restart: async () => {},
    onDevices() {},
    stop() {},
  }
}
