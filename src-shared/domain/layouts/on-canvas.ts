import type { Layout, Watermark } from '../layout.ts'
import type { Show } from '../show.ts'
import { carriedOver, type Size } from './rectangle.ts'

/** A layout made for a canvas of one size, on another: regions keep their fractions of it; templates hold on every canvas as they are. */
export const layoutOn = (layout: Layout, from: Size, to: Size): Layout =>
  layout.template === 'custom' ? { ...layout, regions: layout.regions.map((each) => ({ ...each, ...carriedOver(each, from, to) })) } : layout

/** Watermarks made for a canvas of one size, on another: by its shorter way in size, with the same share of free room at each side. */
export function watermarksOn(marks: readonly Watermark[], from: Size, to: Size): Watermark[] {
  const scale = Math.min(to.width / from.width, to.height / from.height)
  return marks.map((each) => ({
    ...each,
    left: kept(each.left, each.width, from.width, to.width, scale),
    top: kept(each.top, each.height, from.height, to.height, scale),
    width: Math.max(1, Math.round(each.width * scale)),
    height: Math.max(1, Math.round(each.height * scale)),
  }))
}

/** Where something begins, so that a corner stays a corner. */
function kept(start: number, length: number, from: number, to: number, scale: number): number {
  const room = from - length
  return Math.round(room > 0 ? (start / room) * (to - length * scale) : start * scale)
}

/** Every scene's layout and the watermarks on a canvas of another size; the items' own places are not touched. */
export function layoutsOnCanvas(show: Show, from: Size, to: Size): Show {
  return {
    ...show,
    ...(show.watermarks && { watermarks: watermarksOn(show.watermarks, from, to) }),
    scenes: show.scenes.map((each) => (each.layout ? { ...each, layout: layoutOn(each.layout, from, to) } : each)),
  }
}
