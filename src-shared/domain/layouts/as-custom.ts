import type { Layout } from '../layout.ts'
import type { Scene } from '../scene.ts'
import type { Source } from '../source.ts'
import { participants } from './participants.ts'
import { places } from './places.ts'
import type { Size } from './rectangle.ts'

/**
 * The scene's layout as regions that can be changed one by one; looks the same as before. Whoever is large stays fixed there, the
 * others remain in turn. Without a layout it begins as a grid. One region at least.
 */
export function asCustom(scene: Scene, sources: readonly Source[], canvas: Size): Extract<Layout, { template: 'custom' }> {
  const layout = scene.layout ?? { template: 'grid' as const }
  if (layout.template === 'custom') return layout
  const filled = places(layout, participants(scene, sources), canvas)
  const boxes = filled.length > 0 ? filled : [{ box: { x: 0, y: 0, width: canvas.width, height: canvas.height }, fit: 'fill' as const, participant: null }]
  return {
    template: 'custom',
    regions: boxes.map(({ box, fit, participant }, index) => ({
      id: `region-${index + 1}`, ...box, zOrder: index, fit,
      ...(participant && participant.source.id === layout.mainSourceId && { sourceId: participant.source.id }),
    })),
  }
}
