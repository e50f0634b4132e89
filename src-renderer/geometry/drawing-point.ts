import type { SceneItem } from '@shared/domain/scene.ts'
import { place } from '../engine/draw-list.ts'
import type { Size } from '../engine/draw-list.ts'
import { centreOf, rotate } from './box.ts'
import type { Point } from './box.ts'

/** Where on a source's picture a point of the canvas lies, in the picture's pixels, however the item is placed; null while nothing of it is seen. */
export function toPicture(point: Point, item: SceneItem, size: Size): Point | null {
  const placed = place(item, size)
  if (!placed) return null
  const { from, to } = placed
  const straight = rotate(point, centreOf({ ...to, rotationDeg: 0 }), -item.rotationDeg)
  const across = (straight.x - to.x) / to.width
  const down = (straight.y - to.y) / to.height
  return { x: from.x + (item.flipX ? 1 - across : across) * from.width, y: from.y + (item.flipY ? 1 - down : down) * from.height }
}

/** Pixels of the picture per pixel of the canvas: as wide as a line looks, so wide it has to be drawn. */
export function pictureScale(item: SceneItem, size: Size): number {
  const placed = place(item, size)
  return placed ? Math.sqrt((placed.from.width * placed.from.height) / (placed.to.width * placed.to.height)) : 1
}
