import type { Show } from '../show.ts'
import { addedItem, assetSourceId, type LaidOutItem } from './laid-out.ts'
import type { Size } from './rectangle.ts'

/**
 * The show's watermarks as items that belong in front of everything, the last one foremost. They are placed in pixels of the show's
 * canvas; on one of another size they keep their shape and their place between its edges, so that a corner stays a corner.
 */
export function watermarks(show: Pick<Show, 'watermarks' | 'encoding'>, canvas: Size = show.encoding): LaidOutItem[] {
  const { width, height } = show.encoding
  const scale = Math.min(canvas.width / width, canvas.height / height)
  return (show.watermarks ?? []).filter((each) => each.assetId !== '').map((each) => {
    const box = {
      x: between(each.left, each.width, width, canvas.width, scale),
      y: between(each.top, each.height, height, canvas.height, scale),
      width: Math.max(1, Math.round(each.width * scale)),
      height: Math.max(1, Math.round(each.height * scale)),
    }
    return { ...addedItem(`watermark:${each.id}`, assetSourceId(each.assetId), box, 'stretch'), opacity: each.opacity ?? 1 }
  })
}

function between(start: number, length: number, from: number, to: number, scale: number): number {
  if (to === from) return Math.round(start)
  const room = from - length
  return Math.round(room > 0 ? (start / room) * (to - length * scale) : start * scale)
}
