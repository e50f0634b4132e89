import { places } from '@shared/domain/layouts/places.ts'
import { participants } from '@shared/domain/layouts/participants.ts'
import { type LayoutPresetId, presetLayout } from '@shared/domain/layouts/presets.ts'
import type { Rect, Size } from '@shared/domain/layouts/rectangle.ts'
import type { SourceKind } from '@shared/domain/source.ts'
import type { Scene } from '@shared/domain/scene.ts'
import { newItem, newSource } from '../../show-editing/new-sources.ts'

/** A rectangle of a small drawing of a layout; `role` decides its shade. */
export interface Drawn {
  box: Rect
  role: 'screen' | 'face'
}

const CAST: readonly SourceKind[] = ['screen', 'camera', 'camera', 'camera', 'camera']

/** What a preset does with a screen and four cameras, drawn by the very functions that lay out the show; canvas pixels, back to front. */
export function pictogram(id: LayoutPresetId, canvas: Size): Drawn[] {
  const sources = CAST.map((kind, index) => newSource({ kind, name: '' }, `cast-${index}`))
  const items = sources.flatMap((each) => newItem(each, canvas, `item-${each.id}`) ?? [])
  const scene: Scene = { id: 'cast', name: '', background: '#000000', items }
  const { layout } = presetLayout(id, scene, sources, canvas)
  return places(layout, participants(scene, sources), canvas).map(({ box, participant }) => ({ box, role: participant?.source.kind === 'screen' ? 'screen' : 'face' }))
}

/** Places found by hand: nothing in line. */
export const byHandPictogram = ({ width, height }: Size): Drawn[] => [
  { box: { x: width * 0.06, y: height * 0.1, width: width * 0.62, height: height * 0.66 }, role: 'screen' },
  { box: { x: width * 0.56, y: height * 0.48, width: width * 0.36, height: height * 0.42 }, role: 'face' },
]
