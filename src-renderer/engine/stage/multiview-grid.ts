import type { Rect, Size } from '../draw-list.ts'

/** One place of a multiview: the whole of it, and where the picture is. Whole pixels. */
export interface MultiviewCell {
  box: Rect
  /** Even in size, in the shape of the program. */
  picture: Rect
}

/** How wide the mark around a cell is. */
export const MARK_PX = 3

/** `cells` (4, 9, 16 or 25) places, row by row, for pictures of this shape. Neighbours share edges. */
export function multiviewGrid(cells: number, canvas: Size, shape: Size): MultiviewCell[] {
  const across = Math.round(Math.sqrt(cells))
  const edge = (index: number, length: number): number => Math.floor((index * length) / across)
  return Array.from({ length: cells }, (_, index) => {
    const [column, row] = [index % across, Math.floor(index / across)]
    const [x, y] = [edge(column, canvas.width), edge(row, canvas.height)]
    const box: Rect = { x, y, width: edge(column + 1, canvas.width) - x, height: edge(row + 1, canvas.height) - y }
    return { box, picture: fitted(box, shape) }
  })
}

function fitted(box: Rect, shape: Size): Rect {
  const [roomX, roomY] = [box.width - 2 * MARK_PX, box.height - 2 * MARK_PX]
  const scale = Math.min(roomX / shape.width, roomY / shape.height)
  const width = Math.max(2, Math.floor((shape.width * scale) / 2) * 2)
  const height = Math.max(2, Math.floor((shape.height * scale) / 2) * 2)
  return { x: box.x + Math.floor((box.width - width) / 2), y: box.y + Math.floor((box.height - height) / 2), width, height }
}
