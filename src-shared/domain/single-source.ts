import type { SingleContent } from './program-content.ts'
import { currentScene, type Show } from './show.ts'
import type { Source } from './source.ts'

const KINDS = { main: 'camera', aux: 'screen' } as const satisfies Record<SingleContent, Source['kind']>

/**
 * The source that a single stream carries: the show's first camera (main) or screen (aux) that the current scene shows,
 * else the first one there is, so that a scene without it does not break the stream. Null = the show has none.
 */
export function singleSource(show: Pick<Show, 'sources' | 'scenes' | 'currentSceneId'>, content: SingleContent): Source | null {
  const candidates = show.sources.filter(({ kind }) => kind === KINDS[content])
  const shown = new Set(currentScene(show as Show).items.filter(({ visible }) => visible).map(({ sourceId }) => sourceId))
  return candidates.find(({ id }) => shown.has(id)) ?? candidates[0] ?? null
}

/** Whose sound goes with it: every microphone with the camera, the screen's own with the screen. */
export function singleSounds(show: Pick<Show, 'sources'>, content: SingleContent, sourceId: string): string[] {
  return content === 'main' ? show.sources.filter(({ kind }) => kind === 'microphone').map(({ id }) => id) : [sourceId]
}
