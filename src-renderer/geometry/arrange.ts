import { boundsOf } from './box.ts'
import type { Bounds, Box, Point } from './box.ts'
import { boundsOfAll } from './many.ts'

export const SIDES_OF_ALIGNMENT = ['left', 'centre', 'right', 'top', 'middle', 'bottom'] as const
export type Alignment = (typeof SIDES_OF_ALIGNMENT)[number]

/** How far each box has to go to be aligned within some bounds, judged by what is seen of it. */
export function alignBy(boxes: readonly Box[], to: Bounds, side: Alignment): Point[] {
  return boxes.map((box) => {
    const bounds = boundsOf(box)
    switch (side) {
      case 'left': return { x: to.left - bounds.left, y: 0 }
      case 'right': return { x: to.right - bounds.right, y: 0 }
      case 'centre': return { x: (to.left + to.right - bounds.left - bounds.right) / 2, y: 0 }
      case 'top': return { x: 0, y: to.top - bounds.top }
      case 'bottom': return { x: 0, y: to.bottom - bounds.bottom }
      case 'middle': return { x: 0, y: (to.top + to.bottom - bounds.top - bounds.bottom) / 2 }
    }
  })
}

export type Axis = 'x' | 'y'

/** How far each box has to go so that the gaps along an axis are equal; the outermost two stay. Fewer than three stay as they are. */
export function distributeBy(boxes: readonly Box[], axis: Axis): Point[] {
  const still = boxes.map((): Point => ({ x: 0, y: 0 }))
  const all = boundsOfAll(boxes)
  if (boxes.length < 3 || !all) return still
  const spans = boxes.map((box, index) => {
    const bounds = boundsOf(box)
    return axis === 'x' ? { index, from: bounds.left, to: bounds.right } : { index, from: bounds.top, to: bounds.bottom }
  })
  // By their middles: what people see as the order, also where boxes overlap.
  spans.sort((a, b) => a.from + a.to - b.from - b.to || a.index - b.index)
  const [first, last] = [spans[0], spans.at(-1)]
  if (!first || !last) return still
  const filled = spans.reduce((sum, each) => sum + each.to - each.from, 0)
  const gap = (last.to - first.from - filled) / (spans.length - 1)
  let at = first.from
  for (const each of spans) {
    if (each !== last && each !== first) still[each.index] = axis === 'x' ? { x: at - each.from, y: 0 } : { x: 0, y: at - each.from }
    at += each.to - each.from + gap
  }
  return still
}
