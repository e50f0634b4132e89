/** Whole pixels. */
export interface Size {
  width: number
  height: number
}

/** Whole pixels; x and y are the top left corner. */
export interface Rect extends Size {
  x: number
  y: number
}

/** Edges as whole numbers of `columns`-ths of the canvas' width and `rows`-ths of its height. */
export interface Edges {
  left: number
  top: number
  right: number
  bottom: number
}

/**
 * The one rounding rule of all layouts: an edge is a fraction of the canvas, and each edge is rounded once, to the nearest
 * pixel (halves up). Widths are what lies between two rounded edges, never rounded themselves, so that neighbours share
 * their edge without a gap or an overlap, and whatever ends at the canvas' edge ends there exactly.
 * Fractions are given as whole numbers (3 of 10), because 0.1 + 0.2 would round elsewhere than 0.3.
 */
export function rectangle(canvas: Size, columns: number, rows: number, edges: Edges): Rect {
  const x = Math.round((edges.left * canvas.width) / columns)
  const y = Math.round((edges.top * canvas.height) / rows)
  const right = Math.round((edges.right * canvas.width) / columns)
  const bottom = Math.round((edges.bottom * canvas.height) / rows)
  // A picture is never less than a pixel, however small the canvas.
  return { x, y, width: Math.max(1, right - x), height: Math.max(1, bottom - y) }
}

/** A box on a canvas of `from`'s size, moved to one of `to`'s: its edges stay the same fractions, by the same rule. */
export const carriedOver = (box: Rect, from: Size, to: Size): Rect =>
  rectangle(to, from.width, from.height, { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height })
