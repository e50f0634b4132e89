import type { Region } from '../layout.ts'
import type { Participant } from './participants.ts'
import { type Rect, rectangle } from './rectangle.ts'

/** A region's box; edges are rounded as everywhere. Regions are in canvas pixels already. */
export const regionBox = (region: Region): Rect =>
  rectangle({ width: 1, height: 1 }, 1, 1, { left: region.x, top: region.y, right: region.x + region.width, bottom: region.y + region.height })

export interface FilledRegion {
  region: Region
  participant: Participant | null
}

/**
 * Who is in which region. A region with a fixed participant takes only that one and stays empty without it; the others take, in the
 * order of the list, whoever comes next of those that no region names. Back to front: by zOrder, equal ones in the order of the list.
 */
export function fillRegions(regions: readonly Region[], present: readonly Participant[]): FilledRegion[] {
  const named = new Set(regions.map((each) => each.sourceId))
  const free = present.filter((each) => !named.has(each.source.id))
  const fixed = present.filter((each) => named.has(each.source.id))
  const filled = regions.map((region): FilledRegion => {
    if (region.sourceId === undefined) return { region, participant: free.shift() ?? null }
    const index = fixed.findIndex((each) => each.source.id === region.sourceId)
    return { region, participant: index < 0 ? null : (fixed.splice(index, 1)[0] ?? null) }
  })
  return filled.toSorted((a, b) => a.region.zOrder - b.region.zOrder)
}
