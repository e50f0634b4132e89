import type { SourceOf } from '@shared/domain/source.ts'

/** How letters look: what texts and countdowns share. */
export type Letters = Pick<
  SourceOf<'text'>,
  'fontFamily' | 'fontSizePx' | 'bold' | 'italic' | 'colour' | 'background' | 'align' | 'outline' | 'shadow'
>
export type Scroll = NonNullable<SourceOf<'text'>['scroll']>

export interface Raster {
  bitmap: ImageBitmap
  opaque: boolean
}

/** Draws words; `still` keeps the box while figures change. */
export type DrawText = (words: string, letters: Letters, how?: { scroll?: Scroll | undefined; still?: boolean }) => Promise<Raster>

/** Larger than any canvas that the studio has; longer texts are cut off. */
const MAX_SIDE_PX = 4096
/** Of what scrolls: within what browsers draw, and 64 MB of pixels at the most. */
const MAX_STRIP_PX = 32_000
const MAX_STRIP_AREA_PX = 16_000_000
const LINE_HEIGHT = 1.25
const PADDING = 0.25

/**
 * Rasterises a text at its own size: as wide as its longest line, with room for outline and shadow around it. What scrolls
 * is one strip: the text and, after it, an empty piece as long as the box, so that it can be shown round and round.
 */
export const drawText: DrawText = async (words, letters, { scroll, still = false } = {}) => {
  const font = fontOf(letters)
  const text = scroll?.direction === 'left' ? words.replaceAll(/\s*[\r\n]+\s*/g, '   ') : words
  const lines = text.split(/\r\n|\r|\n/)
  const measuring = contextOf(new OffscreenCanvas(1, 1))
  measuring.font = font
  // All figures are as wide as a zero, so that a clock's box does not breathe.
  const widest = Math.max(...lines.map((line) => measuring.measureText(still ? line.replaceAll(/\d/g, '0') : line).width))
  const { width, height, padding, lineHeight } = textBox(widest, lines.length, letters, scroll)

  const canvas = new OffscreenCanvas(width, height)
  const context = contextOf(canvas)
  context.fillStyle = letters.background
  context.fillRect(0, 0, width, height)
  context.font = font
  context.textBaseline = 'middle'
  context.lineJoin = 'round'
  const align = scroll?.direction === 'left' ? 'left' : letters.align
  context.textAlign = align
  const x = align === 'left' ? padding : align === 'right' ? width - padding : width / 2
  lines.forEach((line, index) => drawLine(context, letters, line, x, padding + (index + 0.5) * lineHeight))
  return { bitmap: canvas.transferToImageBitmap(), opaque: isOpaque(letters.background) }
}

/** The size of the picture of a text, px, even. */
export function textBox(
  widestPx: number, lines: number, { fontSizePx, outline, shadow }: Pick<Letters, 'fontSizePx' | 'outline' | 'shadow'>, scroll?: Scroll,
): { width: number; height: number; padding: number; lineHeight: number } {
  const reach = (shadow?.blurPx ?? 0) + Math.max(Math.abs(shadow?.offsetX ?? 0), Math.abs(shadow?.offsetY ?? 0))
  const padding = Math.ceil(Math.max(fontSizePx * PADDING, (outline?.widthPx ?? 0) + 2, reach))
  const lineHeight = Math.ceil(fontSizePx * LINE_HEIGHT)
  const [width, height] = [widestPx + 2 * padding, lines * lineHeight + 2 * padding]
  if (scroll?.direction === 'left') {
    const across = evenSide(height)
    return { width: evenSide(width + scroll.boxPx, Math.min(MAX_STRIP_PX, MAX_STRIP_AREA_PX / across)), height: across, padding, lineHeight }
  }
  const across = evenSide(width)
  const most = scroll ? Math.min(MAX_STRIP_PX, MAX_STRIP_AREA_PX / across) : MAX_SIDE_PX
  return { width: across, height: evenSide(height + (scroll?.boxPx ?? 0), most), padding, lineHeight }
}

/** `#rrggbb`, or `#rrggbbff`. */
export const isOpaque = (colour: string): boolean => colour.length < 9 || colour.toLowerCase().endsWith('ff')

/** Shadow first, then the outline, then the letters themselves, so that the outline does not eat them. */
function drawLine(context: OffscreenCanvasRenderingContext2D, { outline, shadow, colour }: Letters, line: string, x: number, y: number): void {
  if (shadow) {
    context.shadowColor = shadow.colour
    context.shadowOffsetX = shadow.offsetX
    context.shadowOffsetY = shadow.offsetY
    context.shadowBlur = shadow.blurPx
  }
  if (outline && outline.widthPx > 0) {
    context.strokeStyle = outline.colour
    // Half of it lies under the letters.
    context.lineWidth = outline.widthPx * 2
    context.strokeText(line, x, y)
    context.shadowColor = 'transparent'
  }
  context.fillStyle = colour
  context.fillText(line, x, y)
  context.shadowColor = 'transparent'
}

const fontOf = ({ italic, bold, fontSizePx, fontFamily }: Letters): string =>
  `${italic ? 'italic ' : ''}${bold ? 'bold ' : ''}${fontSizePx}px ${quoteFamily(fontFamily)}`

const evenSide = (length: number, most = MAX_SIDE_PX): number => Math.max(2, Math.min(Math.floor(most / 2), Math.ceil(length / 2)) * 2)

/** The generic families of CSS, which must not be quoted. */
const GENERIC = new Set(['system-ui', 'sans-serif', 'serif', 'monospace', 'cursive', 'fantasy'])

/** A family name from the user, made safe for a CSS font value; generic fall-back after it. */
const quoteFamily = (family: string): string =>
  GENERIC.has(family) ? `${family}, sans-serif` : family ? `"${family.replaceAll(/["\\\n]/g, '')}", sans-serif` : 'sans-serif'

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  return context
}
