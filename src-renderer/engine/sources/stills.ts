import type { Source, SourceOf } from '@shared/domain/source.ts'
import type { SourceContext, SourceRunner } from './source-runner.ts'
import { drawText } from './draw-text.ts'

type Still = SourceOf<'image'> | SourceOf<'colour'> | SourceOf<'text'>

/** Draws or loads the picture of a still source. */
type Rasterise<S extends Still> = (source: S) => Promise<{ bitmap: ImageBitmap; opaque: boolean }>

export const startImage = (source: SourceOf<'image'>, context: SourceContext): SourceRunner => startStill(source, loadImage, context)
export const startColour = (source: SourceOf<'colour'>, context: SourceContext): SourceRunner => startStill(source, fillColour, context)
export const startText = (source: SourceOf<'text'>, context: SourceContext): SourceRunner => startStill(source, drawText, context)

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

async function fillColour(source: SourceOf<'colour'>): Promise<{ bitmap: ImageBitmap; opaque: boolean }> {
  const canvas = new OffscreenCanvas(64, 64)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no 2D canvas')
  context.fillStyle = source.colour
  context.fillRect(0, 0, canvas.width, canvas.height)
  return { bitmap: canvas.transferToImageBitmap(), opaque: source.colour.length < 9 || source.colour.toLowerCase().endsWith('ff') }
}
