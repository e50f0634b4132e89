import type { Show } from '../show.ts'
import { addedItem, assetSourceId, type LaidOutItem } from './laid-out.ts'
import { watermarksOn } from './on-canvas.ts'
import type { Size } from './rectangle.ts'

/**
 * The show's watermarks as items that belong in front of everything, the last one foremost. They are placed in pixels of the show's
 * canvas; on one of another size they keep their shape and their place between its edges, so that a corner stays a corner.
 */
export function watermarks(show: Pick<Show, 'watermarks' | 'encoding'>, canvas: Size = show.encoding): LaidOutItem[] {
  return watermarksOn(show.watermarks ?? [], show.encoding, canvas).filter((each) => each.assetId !== '').map((each) => {
    const box = { x: each.left, y: each.top, width: each.width, height: each.height }
    return { ...addedItem(`watermark:${each.id}`, assetSourceId(each.assetId), box, 'stretch'), opacity: each.opacity ?? 1 }
  })
}
