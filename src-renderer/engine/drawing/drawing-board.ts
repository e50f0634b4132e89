import type { DrawingChange, Stroke, Tool } from './stroke.ts'

type Strokes = readonly Stroke[]

/** Steps that can be taken back. */
const MOST_STEPS = 500

/** What has been drawn on one picture, with its undo and redo; tells each change as little as will do. */
export class DrawingBoard {
  #strokes: Strokes = []
  #past: Strokes[] = []
  #future: Strokes[] = []
  #live: Stroke | null = null
  /** What was there when the eraser was put down. */
  #beforeErasing: Strokes | null = null
  #nextId = 1

  constructor(
    private readonly tell: (change: DrawingChange) => void,
    /** What is on it to begin with. */
    strokes: Strokes = [],
  ) {
    this.#take(strokes)
  }

  get strokes(): Strokes {
    return this.#strokes
  }

  /** A tool is down that will change what is on it. */
  get busy(): boolean {
    return this.#beforeErasing !== null || (this.#live !== null && this.#live.tool !== 'laser')
  }

  /** The tool that is down. */
  get down(): Tool | null {
    return this.#live?.tool ?? null
  }

  get canUndo(): boolean {
    return this.#past.length > 0
  }

  get canRedo(): boolean {
    return this.#future.length > 0
  }

  /** Puts the tool down. `points`: x and y in turn, px of the picture. */
  begin(tool: Tool, colour: string, widthPx: number, points: readonly number[]): void {
    this.end()
    this.#live = { id: this.#nextId++, tool, colour, widthPx, points: points.map(tenth) }
    this.tell({ kind: 'begin', stroke: { ...this.#live, points: [...this.#live.points] } })
  }

  extend(points: readonly number[]): void {
    if (!this.#live || points.length === 0) return
    const added = points.map(tenth)
    // Of a laser nothing stays; of a shape only its beginning and its end count.
    if (this.#live.tool === 'laser') this.#live.points = added
    else if (isShape(this.#live.tool)) this.#live.points = [...this.#live.points.slice(0, 2), ...added.slice(-2)]
    else this.#live.points.push(...added)
    this.tell({ kind: 'extend', strokeId: this.#live.id, points: added })
  }

  /** Lifts whatever is down. */
  end(): void {
    if (this.#beforeErasing) {
      if (this.#beforeErasing !== this.#strokes) this.#remember(this.#beforeErasing)
      this.#beforeErasing = null
    }
    const stroke = this.#live
    this.#live = null
    if (!stroke) return
    this.tell({ kind: 'end', strokeId: stroke.id })
    if (stroke.tool === 'laser') return
    this.#remember(this.#strokes)
    this.#strokes = [...this.#strokes, stroke]
  }

  /** Takes away every line that comes as near as this; one press is one step. */
  erase(x: number, y: number, radiusPx: number): void {
    this.#beforeErasing ??= this.#strokes
    const left = this.#strokes.filter((stroke) => !touches(stroke, x, y, radiusPx))
    if (left.length !== this.#strokes.length) this.#show(left)
  }

  undo(): void {
    const before = this.#past.pop()
    if (!before) return
    this.#future.push(this.#strokes)
    this.#show(before)
  }

  redo(): void {
    const after = this.#future.pop()
    if (!after) return
    this.#past.push(this.#strokes)
    this.#show(after)
  }

  clear(): void {
    if (this.#strokes.length === 0) return
    this.#remember(this.#strokes)
    this.#show([])
  }

  /** Draws all of it again, on a picture that may be new. */
  again(): void {
    this.#show(this.#strokes)
  }

  /** Another drawing altogether, with nothing to take back. */
  replace(strokes: Strokes): void {
    this.#live = null
    this.#beforeErasing = null
    this.#past = []
    this.#future = []
    this.#take(strokes)
    this.again()
  }

  #take(strokes: Strokes): void {
    this.#strokes = strokes
    this.#nextId = Math.max(this.#nextId, ...strokes.map(({ id }) => id + 1))
  }

  #remember(before: Strokes): void {
    this.#past.push(before)
    if (this.#past.length > MOST_STEPS) this.#past.shift()
    this.#future = []
  }

  #show(strokes: Strokes): void {
    this.#strokes = strokes
    this.tell({ kind: 'all', strokes: strokes.map((each) => ({ ...each, points: [...each.points] })) })
  }
}

const tenth = (value: number): number => Math.round(value * 10) / 10
const isShape = (tool: Tool): boolean => tool === 'arrow' || tool === 'rectangle' || tool === 'ellipse'

/** Whether a line is hit; shapes along their edge. */
export function touches(stroke: Stroke, x: number, y: number, radiusPx: number): boolean {
  const reach = radiusPx + (stroke.tool === 'highlighter' ? stroke.widthPx * 1.5 : stroke.widthPx / 2)
  const path = outlineOf(stroke)
  if (path.length === 2) return Math.hypot((path[0] as number) - x, (path[1] as number) - y) <= reach
  for (let at = 0; at + 3 < path.length; at += 2) {
    if (distance(path[at] as number, path[at + 1] as number, path[at + 2] as number, path[at + 3] as number, x, y) <= reach) return true
  }
  return false
}

/** What is seen of it as a chain of straight pieces. */
function outlineOf({ tool, points }: Stroke): readonly number[] {
  if (tool !== 'rectangle' && tool !== 'ellipse') return points
  const [left, top, right, bottom] = [points[0] as number, points[1] as number, points.at(-2) as number, points.at(-1) as number]
  if (tool === 'rectangle') return [left, top, right, top, right, bottom, left, bottom, left, top]
  const round: number[] = []
  for (let step = 0; step <= 24; step++) {
    const angle = (step / 12) * Math.PI
    round.push((left + right) / 2 + (Math.cos(angle) * (right - left)) / 2, (top + bottom) / 2 + (Math.sin(angle) * (bottom - top)) / 2)
  }
  return round
}

function distance(fromX: number, fromY: number, toX: number, toY: number, x: number, y: number): number {
  const [dx, dy] = [toX - fromX, toY - fromY]
  const length = dx * dx + dy * dy
  const part = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length))
  return Math.hypot(fromX + part * dx - x, fromY + part * dy - y)
}
