import type { SourceOf } from '@shared/domain/source.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

/** The picture is drawn in the worker for each frame's own stamp; the beep is the mixer's, on the same timeline. */
export function startTestPattern(source: SourceOf<'test-pattern'>, context: SourceContext): SourceRunner {
  const start = (): void => {
    context.pictures.pattern(source.id)
    context.sound.setSource(source.id, { kind: 'beep' }, context.strip(source.id))
    context.tell(source.id, { condition: 'active', hasAudio: true })
  }
  start()
  return {
    update: (next) => next.kind === 'test-pattern',
    restart: async () => start(),
    onDevices() {},
    stop: () => context.sound.remove(source.id),
  }
}
