import { arrowHeadPx, type Stroke } from './stroke.ts'

/** Seen through a highlighter. */
const HIGHLIGHTER_OPACITY = 0.4

/** What of a 2D context is used: so little that a test can be it. */
export type Pen = Pick<
  OffscreenCanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'ellipse' | 'rect' | 'stroke' | 'lineWidth' | 'lineCap' | 'lineJoin' | 'strokeStyle' | 'globalAlpha'
>

/** Paints a stroke whole. A highlighter is one path, so that it does not darken where it crosses itself. */
export function paintStroke(pen: Pen, { tool, colour, widthPx, points }: Stroke): void {
  if (points.length < 2 || tool === 'laser') return
  pen.strokeStyle = colour
  pen.lineWidth = tool === 'highlighter' ? widthPx * 3 : widthPx
  pen.lineCap = tool === 'highlighter' ? 'butt' : 'round'
  pen.lineJoin = 'round'
  pen.globalAlpha = tool === 'highlighter' ? HIGHLIGHTER_OPACITY : 1
  pen.beginPath()
  if (tool === 'pen' || tool === 'highlighter') smoothPath(pen, points)
  else shapePath(pen, tool, points, widthPx)
  pen.stroke()
  pen.globalAlpha = 1
}

/** Through the middles of what was drawn, with the points as their handles: no corners where the hand made none. */
function smoothPath(pen: Pen, points: readonly number[]): void {
  const at = (index: number): [number, number] => [points[index * 2] as number, points[index * 2 + 1] as number]
  const count = points.length >> 1
  const [startX, startY] = at(0)
  pen.moveTo(startX, startY)
  // A dot is a line of no length with round ends.
  if (count === 1) return pen.lineTo(startX + 0.01, startY)
  for (let index = 1; index < count - 1; index++) {
    const [x, y] = at(index)
    const [nextX, nextY] = at(index + 1)
    pen.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2)
  }
  pen.lineTo(...at(count - 1))
}

function shapePath(pen: Pen, tool: 'arrow' | 'rectangle' | 'ellipse', points: readonly number[], widthPx: number): void {
  const [fromX, fromY] = [points[0] as number, points[1] as number]
  const [toX, toY] = [points.at(-2) as number, points.at(-1) as number]
  if (tool === 'rectangle') return pen.rect(Math.min(fromX, toX), Math.min(fromY, toY), Math.abs(toX - fromX), Math.abs(toY - fromY))
  if (tool === 'ellipse') return pen.ellipse((fromX + toX) / 2, (fromY + toY) / 2, Math.abs(toX - fromX) / 2, Math.abs(toY - fromY) / 2, 0, 0, 2 * Math.PI)
  pen.moveTo(fromX, fromY)
  pen.lineTo(toX, toY)
  const angle = Math.atan2(toY - fromY, toX - fromX)
  const head = Math.min(arrowHeadPx(widthPx), Math.hypot(toX - fromX, toY - fromY))
  for (const side of [-1, 1]) {
    pen.moveTo(toX, toY)
    pen.lineTo(toX - head * Math.cos(angle + side * 0.5), toY - head * Math.sin(angle + side * 0.5))
  }
}
