import { type Rect, rectangle, type Size } from './rectangle.ts'

export const SCREEN_SHARE_PICTURES = 24

/** Small pictures are one of `columns` wide and one of `rows` high; `beside` columns of them stand at the right, the rest along the bottom. */
interface Shape {
  columns: number
  rows: number
  beside: number
  bottom: boolean
}

/** `pictures`: all told, the large one included. */
function shapeOf(pictures: number): Shape {
  if (pictures <= 5) return { columns: 5, rows: 4, beside: 1, bottom: false }
  if (pictures <= 7) return { columns: 7, rows: 6, beside: 1, bottom: false }
  if (pictures <= 9) return { columns: 9, rows: 8, beside: 1, bottom: false }
  return { columns: 10, rows: 8, beside: 2, bottom: pictures > 17 }
}

/**
 * One large picture at the left, the others from top to bottom at the right: in one column, in two (the left one first), and from
 * 18 on also along the bottom. `hasLarge` false = nobody is large: its place stays empty, and counts. `small` holds the others, for
 * at most 24 of `count` pictures, the large one included.
 */
export function screenShare(canvas: Size, count: number, hasLarge: boolean): { large: Rect; small: Rect[] } {
  const others = Math.max(0, Math.min(count, SCREEN_SHARE_PICTURES) - (hasLarge ? 1 : 0))
  const { columns, rows, beside, bottom } = shapeOf(others + 1)
  const first = columns - beside
  const small = Array.from({ length: others }, (_, index) => {
    const inColumns = index < beside * rows
    const left = inColumns ? first + Math.floor(index / rows) : index - beside * rows
    const top = inColumns ? index % rows : rows - 1
    return rectangle(canvas, columns, rows, { left, top, right: left + 1, bottom: top + 1 })
  })
  return { large: rectangle(canvas, columns, rows, { left: 0, top: 0, right: first, bottom: bottom ? rows - 1 : rows }), small }
}
