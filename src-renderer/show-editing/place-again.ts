import { sceneOf, scenesInside } from '@shared/domain/show.ts'
import type { Show } from '@shared/domain/show.ts'
import { hasPicture } from '@shared/domain/source.ts'
import type { Source } from '@shared/domain/source.ts'
import { MAX_ITEMS } from './clipboard.ts'
import { newItem } from './new-sources.ts'
import { withItems } from './show-edits.ts'
import type { ShowEdit } from './show-edits.ts'

/** The show's sources that this scene does not show yet and may show as well: none without a picture, none that would make a circle. */
export function placeable(show: Show, sceneId?: string): Source[] {
  const scene = sceneOf(show, sceneId)
  const there = new Set(scene.items.map((each) => each.sourceId))
  return show.sources.filter((each) => hasPicture(each.kind) && !there.has(each.id) && !makesCircle(show, each, scene.id))
}

const makesCircle = (show: Show, source: Source, sceneId: string): boolean =>
  source.kind === 'scene' && (source.sceneId === sceneId || scenesInside(show, source.sceneId).has(sceneId))

/** Shows a source of the show in this scene too, in front and where a new one would be; `itemId` names its place. */
export const placeAgain = (sourceId: string, itemId: string): ShowEdit => (show, sceneId) => {
  const source = placeable(show, sceneId).find((each) => each.id === sourceId)
  const item = source && newItem(source, show.encoding, itemId)
  return item ? withItems(show, sceneId, (items) => (items.length < MAX_ITEMS ? [...items, item] : items)) : show
}
