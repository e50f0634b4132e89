import type { Source, SourceOf } from '@shared/domain/source.ts'
import { isOpaque } from './draw-text.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'

type Still = SourceOf<'image'> | SourceOf<'colour'>

/** Draws or loads the picture of a still source. */
type Rasterise<S extends Still> = (source: S) => Promise<{ bitmap: ImageBitmap; opaque: boolean }>

export const startImage = (source: SourceOf<'image'>, context: SourceContext): SourceRunner => startStill(source, loadImage, context)
export const startColour = (source: SourceOf<'colour'>, context: SourceContext): SourceRunner => startStill(source, fillColour, context)

/** A picture that changes only with its settings: made once per change. */
function startStill<S extends Still>(initial: S, rasterise: Rasterise<S>, context: SourceContext): SourceRunner {
  let source = initial
  let run = 0
  const make = async (): Promise<void> => {
    const mine = ++run
    try {
      const { bitmap, opaque } = await rasterise(source)
      if (mine !== run) return bitmap.close()
      context.pictures.still(source.id, bitmap, opaque)
      context.tell(source.id, { condition: 'active' })
    } catch (error) {
      if (mine !== run) return
      context.pictures.away(source.id)
      context.tell(source.id, { condition: 'failed', evidence: error instanceof Error ? error.message : String(error) })
    }
  }
  context.tell(source.id, { condition: 'starting' })
  void make()
  return {
    update(next: Source) {
      if (next.kind !== source.kind) return false
      const before = source
      source = next as S
      if (!sameLook(before, source)) void make()
      return true
    },
    restart: make,
    onDevices() {},
    stop() {
      run++
    },
  }
}

/** Whether only the name differs. */
const sameLook = (a: Still, b: Still): boolean => JSON.stringify({ ...a, name: '' }) === JSON.stringify({ ...b, name: '' })

async function loadImage(source: SourceOf<'image'>): Promise<{ bitmap: ImageBitmap; opaque: boolean }> {
  const response = await fetch(`assets/${encodeURIComponent(source.assetId)}`)
  if (!response.ok) throw new Error(`the picture cannot be loaded (${response.status})`)
  const blob = await response.blob()
  return { bitmap: await createImageBitmap(blob), opaque: blob.type === 'image/jpeg' }
}

async function fillColour({ colour, gradient }: SourceOf<'colour'>): Promise<{ bitmap: ImageBitmap; opaque: boolean }> {
  // It is stretched; one colour needs no pixels, a gradient enough of them that no steps are seen.
  const side = gradient ? 256 : 64
  const canvas = new OffscreenCanvas(side, side)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  context.fillStyle = colour
  if (gradient) {
    const { from, to } = gradientLine(gradient.angleDeg, side)
    const fill = context.createLinearGradient(from.x, from.y, to.x, to.y)
    fill.addColorStop(0, colour)
    fill.addColorStop(1, gradient.to)
    context.fillStyle = fill
  }
  context.fillRect(0, 0, side, side)
  return { bitmap: canvas.transferToImageBitmap(), opaque: isOpaque(colour) && (!gradient || isOpaque(gradient.to)) }
}

/** Where a gradient begins and ends in a square so that both colours are just reached in its corners. 0° = left to right, 90° = top to bottom. */
export function gradientLine(angleDeg: number, side: number): { from: { x: number; y: number }; to: { x: number; y: number } } {
  const angle = (angleDeg * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const half = ((Math.abs(cos) + Math.abs(sin)) * side) / 2
  const centre = side / 2
  return { from: { x: centre - cos * half, y: centre - sin * half }, to: { x: centre + cos * half, y: centre + sin * half } }
}
