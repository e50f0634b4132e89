import { boundsOf } from './box.ts'
import type { Bounds, Box } from './box.ts'

/** A line that something was snapped to, canvas pixels. */
export interface Guide {
  axis: 'x' | 'y'
  at: number
}

/** Lines worth snapping to. */
export interface SnapLines {
  x: readonly number[]
  y: readonly number[]
}

/** The canvas' edges and centre, and the other items' edges and centres. */
export function snapLines(canvas: { width: number; height: number }, others: readonly Box[]): SnapLines {
  const x = [0, canvas.width / 2, canvas.width]
  const y = [0, canvas.height / 2, canvas.height]
  for (const each of others) {
    const bounds = boundsOf(each)
    x.push(bounds.left, (bounds.left + bounds.right) / 2, bounds.right)
    y.push(bounds.top, (bounds.top + bounds.bottom) / 2, bounds.bottom)
  }
  return { x, y }
}

interface Pull {
  by: number
  at: number
}

/** The nearest line within reach of any of the places, or null. The first lines (the canvas) win a tie. */
function nearest(places: readonly number[], lines: readonly number[], reach: number): Pull | null {
  let best: Pull | null = null
  for (const at of lines) {
    for (const place of places) {
      const by = at - place
      if (Math.abs(by) <= reach && (!best || Math.abs(by) < Math.abs(best.by))) best = { by, at }
    }
  }
  return best
}

function guidesOf(x: Pull | null, y: Pull | null): Guide[] {
  return [...(x ? [{ axis: 'x' as const, at: x.at }] : []), ...(y ? [{ axis: 'y' as const, at: y.at }] : [])]
}

/** Moves a box by up to `reach` so that an edge or its centre meets a line. */
export function snapMove(box: Box, lines: SnapLines, reach: number): { box: Box; guides: Guide[] } {
  const bounds = boundsOf(box)
  const x = nearest([bounds.left, (bounds.left + bounds.right) / 2, bounds.right], lines.x, reach)
  const y = nearest([bounds.top, (bounds.top + bounds.bottom) / 2, bounds.bottom], lines.y, reach)
  return { box: { ...box, x: box.x + (x?.by ?? 0), y: box.y + (y?.by ?? 0) }, guides: guidesOf(x, y) }
}

/** Which edges of an upright box a handle moves. */
export interface MovingEdges {
  horizontal: 'left' | 'right' | null
  vertical: 'top' | 'bottom' | null
}

/**
 * Resizes an upright box by up to `reach` so that its moving edges meet a line.
 * With `keepRatio` the nearer of the two edges decides and the other follows from the box's shape.
 * A turned box has no edge that could lie along a line and comes back unchanged.
 */
export function snapResize(box: Box, edges: MovingEdges, lines: SnapLines, reach: number, keepRatio: boolean): { box: Box; guides: Guide[] } {
  if (box.rotationDeg !== 0) return { box, guides: [] }
  const bounds = boundsOf(box)
  let x = edges.horizontal && nearest([bounds[edges.horizontal]], lines.x, reach)
  let y = edges.vertical && nearest([bounds[edges.vertical]], lines.y, reach)
  if (keepRatio && x && y) {
    if (Math.abs(x.by) <= Math.abs(y.by)) y = null
    else x = null
  }
  const snapped = moveEdges(bounds, edges, x?.by ?? 0, y?.by ?? 0)
  let [width, height] = [snapped.right - snapped.left, snapped.bottom - snapped.top]
  if (keepRatio && x) height = (width * box.height) / box.width
  if (keepRatio && y) width = (height * box.width) / box.height
  const left = edges.horizontal === 'left' ? snapped.right - width : snapped.left
  const top = edges.vertical === 'top' ? snapped.bottom - height : snapped.top
  if (width < 1 || height < 1) return { box, guides: [] }
  return { box: { x: left, y: top, width, height, rotationDeg: 0 }, guides: guidesOf(x, y) }
}

function moveEdges(bounds: Bounds, edges: MovingEdges, byX: number, byY: number): Bounds {
  const moved = { ...bounds }
  if (edges.horizontal) moved[edges.horizontal] += byX
  if (edges.vertical) moved[edges.vertical] += byY
  return moved
}
