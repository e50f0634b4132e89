/** What is drawn over a picture, in pixels of the drawing. */
export type Tool = 'pen' | 'highlighter' | 'arrow' | 'rectangle' | 'ellipse' | 'laser'

export interface Stroke {
  id: number
  tool: Tool
  /** `#rrggbb` */
  colour: string
  widthPx: number
  /** x and y in turn. */
  points: number[]
}

/** What the engine is told, as little as will do. */
export type DrawingChange =
  | { kind: 'begin'; stroke: Stroke }
  | { kind: 'extend'; strokeId: number; points: number[] }
  /** Of a laser: it goes out. Of all else: it stays. */
  | { kind: 'end'; strokeId: number }
  /** From now on exactly these. */
  | { kind: 'all'; strokes: Stroke[] }

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** The box around what a stroke paints, within the picture and on even pixels; null = nothing. */
export function paintedBox(points: readonly number[], widthPx: number, size: { width: number; height: number }): Box | null {
  if (points.length < 2) return null
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity]
  for (let index = 0; index + 1 < points.length; index += 2) {
    const [x, y] = [points[index] as number, points[index + 1] as number]
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  }
  return evenBox({ left: left - widthPx, top: top - widthPx, right: right + widthPx, bottom: bottom + widthPx }, size)
}

export function evenBox({ left, top, right, bottom }: Box, size: { width: number; height: number }): Box | null {
  const box = {
    left: Math.max(0, Math.floor(left / 2) * 2),
    top: Math.max(0, Math.floor(top / 2) * 2),
    right: Math.min(size.width, Math.ceil(right / 2) * 2),
    bottom: Math.min(size.height, Math.ceil(bottom / 2) * 2),
  }
  return box.right > box.left && box.bottom > box.top ? box : null
}

export const around = (a: Box | null, b: Box | null): Box | null =>
  a && b ? { left: Math.min(a.left, b.left), top: Math.min(a.top, b.top), right: Math.max(a.right, b.right), bottom: Math.max(a.bottom, b.bottom) } : (a ?? b)

/** How far beyond its points a stroke may paint, px. */
export const reachPx = ({ tool, widthPx }: Pick<Stroke, 'tool' | 'widthPx'>): number => (tool === 'arrow' ? arrowHeadPx(widthPx) : tool === 'laser' ? widthPx * 3 : tool === 'highlighter' ? widthPx * 2 : widthPx) + 2

export const arrowHeadPx = (widthPx: number): number => widthPx * 4 + 6
