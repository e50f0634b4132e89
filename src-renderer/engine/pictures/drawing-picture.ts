import { allocatePlanes, type Planes, planesFromRgb } from '../compositor/planes.ts'
import { LaserTrail } from '../drawing/laser-trail.ts'
import { paintStroke } from '../drawing/paint-stroke.ts'
import { around, type Box, type DrawingChange, evenBox, paintedBox, reachPx, type Stroke } from '../drawing/stroke.ts'
import type { Picture } from './picture.ts'

/** Numbers of the points before the new ones whose curve depends on them. */
const BEND = 6

/**
 * A transparent picture that is drawn upon. Only what a change touches is painted and converted again: what stays is on a
 * canvas of its own, under what is being drawn.
 */
export class DrawingPicture implements Picture {
  readonly opaque = false
  readonly readable = true
  #version = 1
  readonly #kept: OffscreenCanvas
  readonly #seen: OffscreenCanvas
  #live: Stroke | null = null
  #liveBox: Box | null = null
  #laser: LaserTrail | null = null
  #laserId = 0
  #laserBox: Box | null = null
  #planes: Planes | null = null
  /** What of the canvas the planes do not have yet. */
  #stale: Box | null = null

  constructor(
    readonly width: number,
    readonly height: number,
  ) {
    this.#kept = new OffscreenCanvas(width, height)
    this.#seen = new OffscreenCanvas(width, height)
  }

  get version(): number {
    return this.#version
  }

  change(change: DrawingChange): void {
    if (change.kind === 'all') return this.#setAll(change.strokes)
    if (change.kind === 'begin') return this.#begin(change.stroke)
    if (change.kind === 'extend') return this.#extend(change.strokeId, change.points)
    if (change.strokeId === this.#laserId) this.#laser?.end()
    else if (change.strokeId === this.#live?.id) this.#keepLive()
  }

  setTime(timestampUs: number): void {
    if (!this.#laser) return
    const spots = this.#laser.spots(timestampUs)
    const { colour, widthPx } = this.#laser
    const box = paintedBox(spots.flatMap(({ x, y }) => [x, y]), widthPx * 3, this)
    this.#repaint(around(this.#laserBox, box))
    this.#laserBox = box
    if (spots.length === 0) {
      if (!this.#laser.held) this.#laser = null
      return
    }
    const context = contextOf(this.#seen)
    context.fillStyle = colour
    for (const { x, y, opacity } of spots) {
      context.globalAlpha = opacity * 0.6
      dot(context, x, y, widthPx * (0.4 + 0.6 * opacity))
    }
    const head = spots.at(-1)
    context.globalAlpha = head?.opacity ?? 0
    if (!head) return
    dot(context, head.x, head.y, widthPx)
    context.fillStyle = '#ffffff'
    dot(context, head.x, head.y, widthPx * 0.4)
    context.globalAlpha = 1
  }

  drawable(): OffscreenCanvas {
    return this.#seen
  }

  async planes(): Promise<Planes> {
    this.#planes ??= allocatePlanes(this.width, this.height, true)
    const stale = this.#stale
    this.#stale = null
    if (stale) this.#convert(stale, this.#planes)
    return this.#planes
  }

  close(): void {
    this.#planes = null
  }

  #begin(stroke: Stroke): void {
    if (this.#live) this.#keepLive()
    if (stroke.tool !== 'laser') {
      this.#live = { ...stroke, points: [...stroke.points] }
      return this.#paintLive()
    }
    this.#laser = new LaserTrail(stroke.colour, stroke.widthPx)
    this.#laserId = stroke.id
    this.#laser.extend(stroke.points)
  }

  #extend(strokeId: number, points: readonly number[]): void {
    if (strokeId === this.#laserId) return this.#laser?.extend(points)
    if (this.#live?.id !== strokeId) return
    this.#live.points.push(...points)
    this.#paintLive(points.length)
  }

  /** Of a line only its end is new (and the bend before it); a shape is another one as a whole. */
  #paintLive(added = Infinity): void {
    if (!this.#live) return
    const { points, tool } = this.#live
    const line = tool === 'pen' || tool === 'highlighter'
    const changed = line ? points.slice(-Math.min(points.length, added + BEND)) : points
    const box = paintedBox(changed, reachPx(this.#live), this)
    this.#repaint(line ? box : around(this.#liveBox, box))
    this.#liveBox = box
  }

  #keepLive(): void {
    if (this.#live) paintStroke(contextOf(this.#kept), this.#live)
    this.#live = null
    this.#liveBox = null
  }

  #setAll(strokes: readonly Stroke[]): void {
    this.#live = null
    this.#liveBox = null
    const context = contextOf(this.#kept)
    context.clearRect(0, 0, this.width, this.height)
    for (const stroke of strokes) paintStroke(context, stroke)
    this.#repaint({ left: 0, top: 0, right: this.width, bottom: this.height })
  }

  /** Copies what is kept, and paints what is being drawn over it, within the box. */
  #repaint(box: Box | null): void {
    const within = box && evenBox(box, this)
    if (!within) return
    const { left, top } = within
    const [width, height] = [within.right - left, within.bottom - top]
    const context = contextOf(this.#seen)
    context.clearRect(left, top, width, height)
    context.drawImage(this.#kept, left, top, width, height, left, top, width, height)
    if (this.#live) {
      context.save()
      context.beginPath()
      context.rect(left, top, width, height)
      context.clip()
      paintStroke(context, this.#live)
      context.restore()
    }
    this.#stale = around(this.#stale, within)
    this.#version++
  }

  #convert({ left, top, right, bottom }: Box, into: Planes): void {
    const [width, height] = [right - left, bottom - top]
    const part = allocatePlanes(width, height, true)
    planesFromRgb(contextOf(this.#seen).getImageData(left, top, width, height).data, part, 'rgba')
    putPlane(part.y, width, into.y, into.width, left, top)
    if (part.alpha && into.alpha) putPlane(part.alpha, width, into.alpha, into.width, left, top)
    putPlane(part.u, part.chromaWidth, into.u, into.chromaWidth, left >> 1, top >> 1)
    putPlane(part.v, part.chromaWidth, into.v, into.chromaWidth, left >> 1, top >> 1)
  }
}

function putPlane(part: Uint8Array, width: number, into: Uint8Array, intoWidth: number, left: number, top: number): void {
  for (let row = 0; row * width < part.length; row++) into.set(part.subarray(row * width, (row + 1) * width), (top + row) * intoWidth + left)
}

function dot(context: OffscreenCanvasRenderingContext2D, x: number, y: number, radius: number): void {
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

/** Read back often, so it stays in memory. */
function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no 2D canvas')
  return context
}
