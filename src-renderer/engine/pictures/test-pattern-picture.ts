import { layPlanes } from '../compositor/blend-planes.ts'
import { allocatePlanes, fillRect, type Planes, planesFromRgb } from '../compositor/planes.ts'
import type { Picture } from './picture.ts'
import { pixelsOf } from './still-picture.ts'
import { PATTERN, type PatternMoment, patternAt } from './test-pattern.ts'

const GLYPHS = '0123456789:.'
const LUMA_WHITE = 235
const NO_CHROMA = 128

/** The pattern in planes: what never moves, a tile per character, and the picture as it was last drawn. */
interface Drawn {
  base: Planes
  glyphs: readonly Planes[]
  planes: Planes
  version: number
}

/**
 * The test pattern, drawn anew for each frame's own stamp, so that what a viewer sees tells the time of its making.
 * In planes only the moving parts are touched; the canvas form exists for the other compositors.
 */
export class TestPatternPicture implements Picture {
  readonly width = PATTERN.width
  readonly height = PATTERN.height
  readonly opaque = true
  readonly readable = true
  #timestampUs = 0
  #moment: PatternMoment = patternAt(0, 33_333)
  #version = 1
  #base: OffscreenCanvas | null = null
  #canvas: { surface: OffscreenCanvas; version: number } | null = null
  #drawn: Drawn | null = null

  get version(): number {
    return this.#version
  }

  /** Moves on to the frame with this stamp. */
  setTime(timestampUs: number, frameUs: number): void {
    if (timestampUs === this.#timestampUs) return
    this.#timestampUs = timestampUs
    this.#moment = patternAt(timestampUs, frameUs)
    this.#version++
  }

  drawable(): OffscreenCanvas {
    this.#canvas ??= { surface: new OffscreenCanvas(this.width, this.height), version: 0 }
    if (this.#canvas.version !== this.#version) {
      drawOnCanvas(this.#canvas.surface, this.#background(), this.#moment)
      this.#canvas.version = this.#version
    }
    return this.#canvas.surface
  }

  async planes(): Promise<Planes> {
    const drawn = (this.#drawn ??= this.#rasterise())
    const { base, glyphs, planes } = drawn
    if (drawn.version === this.#version) return planes
    drawn.version = this.#version
    planes.data.set(base.data)
    const { track, clock, markerWidth, flashHeight } = PATTERN
    if (this.#moment.flash) fillRect(planes, 0, 0, this.width, flashHeight, LUMA_WHITE, NO_CHROMA, NO_CHROMA)
    else fillRect(planes, this.#moment.markerX, track.y, markerWidth, track.height, LUMA_WHITE, NO_CHROMA, NO_CHROMA)
    let x: number = clock.x
    for (const character of this.#moment.clock) {
      const glyph = glyphs[GLYPHS.indexOf(character)]
      if (glyph) layPlanes(planes, glyph, x, clock.y, 1)
      x += clock.digitWidth
    }
    return planes
  }

  close(): void {
    this.#drawn = null
    this.#canvas = null
  }

  #background(): OffscreenCanvas {
    this.#base ??= drawBase()
    return this.#base
  }

  #rasterise(): Drawn {
    const base = allocatePlanes(this.width, this.height)
    planesFromRgb(pixelsOf(this.#background()), base, 'rgba')
    const { digitWidth, digitHeight } = PATTERN.clock
    const glyphs = [...GLYPHS].map((character) => {
      const tile = new OffscreenCanvas(digitWidth, digitHeight)
      const context = contextOf(tile)
      context.fillStyle = '#000000'
      context.fillRect(0, 0, digitWidth, digitHeight)
      drawText(context, character, 0, 0)
      const glyph = allocatePlanes(digitWidth, digitHeight)
      planesFromRgb(pixelsOf(tile), glyph, 'rgba')
      return glyph
    })
    return { base, glyphs, planes: allocatePlanes(this.width, this.height), version: 0 }
  }
}

function drawBase(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(PATTERN.width, PATTERN.height)
  const context = contextOf(canvas)
  context.fillStyle = '#000000'
  context.fillRect(0, 0, PATTERN.width, PATTERN.height)
  const width = PATTERN.width / PATTERN.bars.length
  PATTERN.bars.forEach((colour, index) => {
    context.fillStyle = colour
    context.fillRect(index * width, 0, width, PATTERN.barsHeight)
  })
  return canvas
}

function drawOnCanvas(surface: OffscreenCanvas, base: OffscreenCanvas, moment: PatternMoment): void {
  const context = contextOf(surface)
  context.drawImage(base, 0, 0)
  context.fillStyle = '#ffffff'
  if (moment.flash) context.fillRect(0, 0, surface.width, PATTERN.flashHeight)
  else context.fillRect(moment.markerX, PATTERN.track.y, PATTERN.markerWidth, PATTERN.track.height)
  let x: number = PATTERN.clock.x
  for (const character of moment.clock) {
    drawText(context, character, x, PATTERN.clock.y)
    x += PATTERN.clock.digitWidth
  }
}

function drawText(context: OffscreenCanvasRenderingContext2D, character: string, x: number, y: number): void {
  const { digitWidth, digitHeight } = PATTERN.clock
  context.fillStyle = '#ffffff'
  context.font = `bold ${digitHeight - 8}px monospace`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  context.fillText(character, x + digitWidth / 2, y + digitHeight / 2)
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false })
  if (!context) throw new Error('no 2D canvas')
  return context
}
