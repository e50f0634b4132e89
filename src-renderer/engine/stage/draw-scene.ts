import { type LaidOutScene, laidOut } from '@shared/domain/layouts/laid-out.ts'
import type { Scene } from '@shared/domain/scene.ts'
import type { Source } from '@shared/domain/source.ts'
import { type DrawCommand, drawList, fitScene, type Size, type SizeOf } from '../draw-list.ts'

/** The scene as it is on a canvas of this size: what its layout places is placed for the real canvas. */
export function resolveScene(scene: Scene, sources: readonly Source[], designed: Size, canvas: Size): LaidOutScene {
  return laidOut(fitScene(scene, designed, canvas), sources, canvas)
}

/** As `drawList`; a placeholder is drawn instead of the source that it stands for while that has no picture of its own. */
export function drawScene(scene: LaidOutScene, sizeOf: SizeOf, isAway: (sourceId: string) => boolean): DrawCommand[] {
  if (!scene.items.some((item) => item.insteadOf !== undefined)) return drawList(scene, sizeOf, 0)
  const standIns = scene.items.filter((item) => item.visible && item.insteadOf !== undefined && isAway(item.insteadOf) && sizeOf(item.sourceId))
  const stoodFor = new Set(standIns.map((item) => item.insteadOf))
  const items = scene.items.filter((item) => (item.insteadOf === undefined ? !stoodFor.has(item.sourceId) : standIns.includes(item)))
  return drawList({ ...scene, items }, sizeOf, 0)
}
