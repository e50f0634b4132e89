import type { Layout } from '../layout.ts'
import type { Scene, SceneItem } from '../scene.ts'
import type { Source, SourceKind } from '../source.ts'

/** An item of the scene with the source that it shows. */
export interface Participant {
  item: SceneItem
  source: Source
}

const TAKING_PART: ReadonlySet<SourceKind> = new Set(['camera', 'screen', 'test-pattern', 'slideshow', 'scene', 'web-page'])

/** Whether pictures of this kind usually share the canvas by the layout; the others (text, logos, drawings) lie over it where they were put. */
export const takesPart = (kind: SourceKind): boolean => TAKING_PART.has(kind)

/** The sources that a layout names: its main participant, or those with a region of their own. */
export function namedIn(layout: Layout | undefined): ReadonlySet<string> {
  if (!layout) return new Set()
  const named = layout.template === 'custom' ? layout.regions.map((each) => each.sourceId) : [layout.mainSourceId]
  return new Set(named.filter((each) => each !== undefined))
}

/** Whether the layout decides where an item goes: as the item says, else when the layout names its source, else by its kind. */
export function placedByLayout(item: SceneItem, source: Source, layout: Layout | undefined): boolean {
  if (item.placedBy) return item.placedBy === 'layout'
  return namedIn(layout).has(source.id) || takesPart(source.kind)
}

/** Who takes part and is not hidden, in the scene's order: the first joined first. Whether there is a picture just now does not matter. */
export function participants(scene: Scene, sources: readonly Source[]): Participant[] {
  const byId = new Map(sources.map((each) => [each.id, each]))
  return scene.items.flatMap((item) => {
    const source = byId.get(item.sourceId)
    return source && item.visible && placedByLayout(item, source, scene.layout) ? [{ item, source }] : []
  })
}

/** The one named first, then the others as they joined. */
export function mainFirst(of: readonly Participant[], mainSourceId: string | undefined): Participant[] {
  const main = of.find((each) => each.source.id === mainSourceId)
  return main ? [main, ...of.filter((each) => each !== main)] : [...of]
}
