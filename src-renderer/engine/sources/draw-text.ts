import type { SourceOf } from '@shared/domain/source.ts'

/** Larger than any canvas that the studio has; longer texts are cut off. */
const MAX_SIDE_PX = 4096
const LINE_HEIGHT = 1.25
const PADDING = 0.25

/** Rasterises a text at its own size: as wide as its longest line, with a quarter of the font size around it. */
export async function drawText(source: SourceOf<'text'>): Promise<{ bitmap: ImageBitmap; opaque: boolean }> {
  const font = `${source.bold ? 'bold ' : ''}${source.fontSizePx}px ${quoteFamily(source.fontFamily)}`
  const lines = source.text.split(/\r\n|\r|\n/)
  const padding = Math.ceil(source.fontSizePx * PADDING)
  const lineHeight = Math.ceil(source.fontSizePx * LINE_HEIGHT)
  const measuring = contextOf(new OffscreenCanvas(1, 1))
  measuring.font = font
  const widest = Math.max(...lines.map((line) => measuring.measureText(line).width))
  const width = evenSide(widest + 2 * padding)
  const height = evenSide(lines.length * lineHeight + 2 * padding)

  const canvas = new OffscreenCanvas(width, height)
  const context = contextOf(canvas)
  context.fillStyle = source.background
  context.fillRect(0, 0, width, height)
  context.font = font
  context.fillStyle = source.colour
  context.textAlign = source.align
  context.textBaseline = 'middle'
  const x = source.align === 'left' ? padding : source.align === 'right' ? width - padding : width / 2
  lines.forEach((line, index) => context.fillText(line, x, padding + (index + 0.5) * lineHeight))
  const opaque = source.background.length < 9 || source.background.toLowerCase().endsWith('ff')
  return { bitmap: canvas.transferToImageBitmap(), opaque }
}

const evenSide = (length: number): number => Math.min(MAX_SIDE_PX, Math.max(2, Math.ceil(length / 2) * 2))

/** A family name from the user, made safe for a CSS font value; generic fall-back after it. */
const quoteFamily = (family: string): string => (family ? `"${family.replaceAll(/["\\\n]/g, '')}", sans-serif` : 'sans-serif')

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  return context
}
