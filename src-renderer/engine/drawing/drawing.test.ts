import { describe, expect, it } from 'vitest'
import { DrawingBoard } from './drawing-board.ts'
import { fromKept, toKeep } from './kept-strokes.ts'
import { LASER_MS, LASER_REST_MS, LaserTrail } from './laser-trail.ts'
import { paintStroke, type Pen } from './paint-stroke.ts'
import { type DrawingChange, paintedBox, reachPx, type Stroke } from './stroke.ts'

function board() {
  const told: DrawingChange[] = []
  return { told, board: new DrawingBoard((change) => told.push(change)) }
}
/** Draws a line and lifts the pen. */
function line(on: DrawingBoard, ...points: number[]): void {
  on.begin('pen', '#ff0000', 4, points.slice(0, 2))
  on.extend(points.slice(2))
  on.end()
}

describe('what is drawn', () => {
  it('is told as it grows, no more than what is new', () => {
    const { board: on, told } = board()
    on.begin('pen', '#ff0000', 4, [10, 10.04])
    on.extend([20, 10])
    on.extend([])
    on.end()
    on.end()
    expect(told).toEqual([
      { kind: 'begin', stroke: { id: 1, tool: 'pen', colour: '#ff0000', widthPx: 4, points: [10, 10] } }, { kind: 'extend', strokeId: 1, points: [20, 10] }, { kind: 'end', strokeId: 1 },
    ])
    expect(on.strokes[0]?.points).toEqual([10, 10, 20, 10])
  })

  it('is taken back and done again, line by line; a new line ends what could be done again', () => {
    const { board: on, told } = board()
    line(on, 0, 0, 10, 0)
    line(on, 0, 20, 10, 20)
    on.undo()
    expect(told.at(-1)).toMatchObject({ kind: 'all', strokes: [{ id: 1 }] })
    on.redo()
    expect(on.strokes.map(({ id }) => id)).toEqual([1, 2])
    on.clear()
    expect([on.strokes.length, on.canUndo]).toEqual([0, true])
    on.undo()
    expect(on.strokes).toHaveLength(2)
    on.undo()
    line(on, 5, 5, 6, 6)
    expect(on.canRedo).toBe(false)
    on.undo()
    on.undo()
    expect([on.strokes.length, on.canUndo]).toEqual([0, false])
  })

  it('is rubbed out line by line; one press is one step', () => {
    const { board: on } = board()
    line(on, 0, 0, 100, 0)
    line(on, 0, 50, 100, 50)
    line(on, 0, 200, 100, 200)
    on.erase(50, 4, 5)
    on.erase(50, 48, 5)
    on.erase(50, 120, 5)
    on.end()
    expect(on.strokes.map(({ id }) => id)).toEqual([3])
    on.undo()
    expect(on.strokes).toHaveLength(3)
    on.erase(50, 120, 5)
    on.end()
    expect(on.canRedo).toBe(true)
  })

  it.each([['rectangle', [0, 0], [50, 50]], ['ellipse', [0, 50], [50, 50]], ['arrow', [50, 50], [80, 20]]] as const)('a %s counts by its line, not by what lies inside', (tool, on, off) => {
    const { board: sheet } = board()
    sheet.begin(tool, '#ff0000', 4, [0, 0])
    sheet.extend([30, 90])
    sheet.extend([100, 100])
    sheet.end()
    expect(sheet.strokes[0]?.points).toEqual([0, 0, 100, 100])
    sheet.erase(off[0], off[1], 3)
    expect(sheet.strokes).toHaveLength(1)
    sheet.erase(on[0], on[1], 3)
    expect(sheet.strokes).toHaveLength(0)
  })

  it('a laser pointer leaves nothing behind', () => {
    const { board: on } = board()
    on.begin('laser', '#ff0000', 4, [1, 1])
    on.extend([2, 2])
    on.end()
    expect([on.strokes.length, on.canUndo]).toEqual([0, false])
  })

  it('is kept in whole pixels, the newest lines first when there are too many', () => {
    const { board: on } = board()
    on.begin('laser', '#ff0000', 4, [1, 1])
    on.end()
    line(on, 1.2, 1.4, 1.3, 1.4, 5.6, 1)
    expect(toKeep(on.strokes)).toEqual([{ tool: 'pen', colour: '#ff0000', widthPx: 4, points: [1, 1, 6, 1] }])
    const long = Array.from({ length: 8000 }, (_, n) => [n, n % 7]).flat()
    line(on, ...long)
    line(on, 1, 2, 3, 4)
    expect(toKeep(on.strokes).map(({ points }) => points.length)).toEqual([4, 16_000, 4])
    line(on, ...long)
    expect(toKeep(on.strokes).map(({ points }) => points.length)).toEqual([4, 16_000])
    expect(fromKept(toKeep(on.strokes))[0]).toMatchObject({ id: 1, tool: 'pen' })
  })

  it('can be put on a picture that was made anew', () => {
    const { board: on, told } = board()
    line(on, 0, 0, 10, 0)
    on.again()
    expect(told.at(-1)).toMatchObject({ kind: 'all', strokes: [{ points: [0, 0, 10, 0] }] })
  })
})

describe('a laser pointer', () => {
  it('stays lit while it is held, and goes out behind it', () => {
    const trail = new LaserTrail('#ff0000', 8)
    trail.extend([0, 0, 10, 0])
    expect(trail.spots(0).map(({ opacity }) => opacity)).toEqual([1, 1])
    trail.extend([20, 0])
    expect(trail.spots((LASER_MS / 2) * 1000).map(({ opacity }) => opacity)).toEqual([0.5, 0.5, 1])
    expect(trail.spots(LASER_MS * 1000).map(({ x }) => x)).toEqual([20])
    trail.end()
    expect(trail.spots((LASER_MS * 1.5) * 1000).map(({ opacity }) => opacity)).toEqual([0.5])
    expect(trail.spots(LASER_MS * 2 * 1000)).toEqual([])
  })

  it('goes out after a second of rest, and is lit again when it moves', () => {
    const trail = new LaserTrail('#ff0000', 8)
    trail.extend([5, 5])
    const lit = (ms: number) => trail.spots(ms * 1000).map(({ opacity }) => opacity)
    expect(lit(0)).toEqual([1])
    expect(lit(LASER_REST_MS - 1)).toEqual([1])
    expect(lit(LASER_REST_MS + LASER_MS / 2)[0]).toBeLessThan(0.6)
    expect(lit(LASER_REST_MS + LASER_MS)).toEqual([])
    expect(trail.held).toBe(true)
    trail.extend([6, 6])
    expect(lit(10_000)).toEqual([1])
  })
})

/** Remembers how far out it was asked to paint. */
function measuringPen() {
  const seen = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity, lengths: 0 }
  const at = (x: number, y: number): void => {
    seen.left = Math.min(seen.left, x)
    seen.right = Math.max(seen.right, x)
    seen.top = Math.min(seen.top, y)
    seen.bottom = Math.max(seen.bottom, y)
  }
  const pen: Pen = {
    lineWidth: 1, lineCap: 'butt', lineJoin: 'miter', strokeStyle: '', globalAlpha: 1,
    beginPath() {}, moveTo: at, lineTo: at, stroke: () => void seen.lengths++,
    quadraticCurveTo: (cx, cy, x, y) => (at(cx, cy), at(x, y)),
    rect: (x, y, width, height) => (at(x, y), at(x + width, y + height)),
    ellipse: (x, y, rx, ry) => (at(x - rx, y - ry), at(x + rx, y + ry)),
  }
  return { pen, seen }
}

describe('the box that is painted again', () => {
  it.each(['pen', 'highlighter', 'arrow', 'rectangle', 'ellipse'] as const)('holds all that a %s paints, on even pixels of the picture', (tool) => {
    const stroke: Stroke = { id: 1, tool, colour: '#ff0000', widthPx: 9, points: [101, 103, 160, 90, 201.5, 155] }
    const { pen, seen } = measuringPen()
    paintStroke(pen, stroke)
    const box = paintedBox(stroke.points, reachPx(stroke), { width: 640, height: 360 })
    const half = pen.lineWidth / 2
    expect(seen.lengths).toBe(1)
    expect(box && [box.left <= seen.left - half, box.top <= seen.top - half, box.right >= seen.right + half, box.bottom >= seen.bottom + half]).toEqual([true, true, true, true])
    expect(box && [box.left % 2, box.top % 2, box.right % 2, box.bottom % 2]).toEqual([0, 0, 0, 0])
  })

  it('ends with the picture', () => {
    expect(paintedBox([-50, -50, 700, 20], 5, { width: 641, height: 361 })).toEqual({ left: 0, top: 0, right: 641, bottom: 26 })
    expect(paintedBox([-50, -50], 5, { width: 640, height: 360 })).toBeNull()
  })
})
