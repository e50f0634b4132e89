import type { Layout, Region } from '../layout.ts'
import type { SourceKind } from '../source.ts'
import { fillRegions, regionBox } from './custom.ts'
import { floating } from './floating.ts'
import { grid } from './grid.ts'
import { mainFirst, type Participant } from './participants.ts'
import type { Rect, Size } from './rectangle.ts'
import { screenShare } from './screen-share.ts'

/** One rectangle of a layout and who is in it. */
export interface Place {
  box: Rect
  fit: 'fill' | 'fit'
  /** Null = nobody (yet). */
  participant: Participant | null
  /** Of a custom layout. */
  region: Region | null
}

/** Faces may lose their edges, slides and screens may not. */
const FILLING: ReadonlySet<SourceKind> = new Set(['camera', 'test-pattern', 'colour'])
const usualFit = (kind: SourceKind | undefined): Place['fit'] => (kind === undefined || FILLING.has(kind) ? 'fill' : 'fit')

const placed = (box: Rect, participant: Participant | null): Place => ({ box, fit: usualFit(participant?.source.kind), participant, region: null })

const inTurn = (boxes: readonly Rect[], present: readonly Participant[]): Place[] => boxes.map((box, index) => placed(box, present[index] ?? null))

/** The rectangles of a layout, back to front, with those who are in them; whoever is in none is left out. `canvas`: the size for which the scene was made. */
export function places(layout: Layout, present: readonly Participant[], canvas: Size): Place[] {
  switch (layout.template) {
    case 'grid':
      return inTurn(grid(canvas, present.length), mainFirst(present, layout.mainSourceId))
    case 'floating':
      return inTurn(floating(canvas, present.length), mainFirst(present, layout.mainSourceId))
    case 'screen-share': {
      const main = present.find((each) => each.source.id === layout.mainSourceId) ?? null
      const { large, small } = screenShare(canvas, present.length, main !== null)
      return [placed(large, main), ...inTurn(small, present.filter((each) => each !== main))]
    }
    case 'custom':
      return fillRegions(layout.regions, present).map(({ region, participant }) => ({ box: regionBox(region), fit: region.fit, participant, region }))
  }
}
