import type { Scene } from '@shared/domain/scene.ts'
import { scenesInside } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'

/** The scenes that may be shown inside this one: not itself, and none that shows it already, however deep. */
export const nestableScenes = (show: Pick<Show, 'sources' | 'scenes'>, sceneId: string): Scene[] =>
  show.scenes.filter(({ id }) => id !== sceneId && !scenesInside(show, id).has(sceneId))

/** The scenes that a source of another scene may show wherever it is placed already. */
export function nestableFor(show: Pick<Show, 'sources' | 'scenes'>, sourceId: string): Scene[] {
  const placed = show.scenes.filter(({ items }) => items.some((each) => each.sourceId === sourceId))
  // What it shows now must not count against what it could show.
  const without = { scenes: show.scenes, sources: show.sources.filter(({ id }) => id !== sourceId) }
  return show.scenes.filter((scene) => placed.every(({ id }) => nestableScenes(without, id).includes(scene)))
}

/** In how many scenes a source is placed. */
export const scenesWith = (show: Pick<Show, 'scenes'>, sourceId: string): number =>
  show.scenes.filter(({ items }) => items.some((each) => each.sourceId === sourceId)).length
