import { type Rect, rectangle, type Size } from './rectangle.ts'

export const GRID_PICTURES = 25

/** How many pictures stand beside and above each other, by how many there are. */
const cells = (count: number): { columns: number; rows: number } => {
  if (count === 2) return { columns: 2, rows: 1 }
  const side = Math.ceil(Math.sqrt(Math.max(1, count)))
  return { columns: side, rows: side }
}

/** Pictures of one size, row by row from the top left; for at most 25 of `count`. */
export function grid(canvas: Size, count: number): Rect[] {
  const shown = Math.min(count, GRID_PICTURES)
  const { columns, rows } = cells(shown)
  return Array.from({ length: shown }, (_, index) => {
    const left = index % columns
    const top = Math.floor(index / columns)
    return rectangle(canvas, columns, rows, { left, top, right: left + 1, bottom: top + 1 })
  })
}
