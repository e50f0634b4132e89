import { type DrawCommand, onCanvas, type Rect, type Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import { layPlanes } from './blend-planes.ts'
import type { Compositor, Stamp } from './compositor.ts'
import { allocatePlanes, chromaBlueOf, chromaRedOf, fillRect, lumaOf, parseColour, type Planes, PROGRAM_COLOUR } from './planes.ts'
import { planeScaler } from './plane-kernels.ts'
import { planScale, type Scale } from './scale-planes.ts'

/** One item as it was last laid: scaled again only when its source or its place changes. */
interface Layer {
  picture: Picture
  version: number
  from: Rect
  to: Rect
  scale: Scale | null
  scaled: Planes | null
}

/** Whether a list can be composed in planes at all. */
export const canComposePlanes = (list: readonly DrawCommand[]): boolean => list.every((command) => command.rotationDeg === 0)

/**
 * Composes with the CPU alone, in the form that cameras deliver and encoders want (I420): no conversion to RGB and back.
 * Boxes are rounded to even pixels, because chroma has half the size.
 */
export class CompositorPlanes implements Compositor {
  readonly name = 'planes'
  readonly canvas: Planes
  #layers = new Map<string, Layer>()
  #lastList: readonly DrawCommand[] = []
  #lastBackground = ''
  readonly #scale = planeScaler()
  readonly #init: VideoFrameBufferInit

  constructor(size: Size) {
    this.canvas = allocatePlanes(size.width, size.height)
    this.#init = { format: 'I420', codedWidth: size.width, codedHeight: size.height, timestamp: 0, duration: 0, colorSpace: PROGRAM_COLOUR }
  }

  async compose(list: readonly DrawCommand[], background: string, pictures: ReadonlyMap<string, Picture>, stamp: Stamp): Promise<VideoFrame> {
    if (!canComposePlanes(list)) throw new Error('rotated items cannot be composed in planes')
    if (list !== this.#lastList) this.#forgetLayersNotIn(list)
    let changed = list !== this.#lastList || background !== this.#lastBackground
    for (const command of list) {
      const picture = pictures.get(command.sourceId)
      if (picture && (await this.#prepare(command, picture))) changed = true
    }
    if (changed) this.#lay(list, background)
    this.#lastList = list
    this.#lastBackground = background
    this.#init.timestamp = stamp.timestampUs
    this.#init.duration = stamp.durationUs
    return new VideoFrame(this.canvas.data, this.#init)
  }

  close(): void {
    this.#layers.clear()
  }

  /** Brings the item's layer up to date; true when it differs from the last one laid. */
  async #prepare(command: DrawCommand, picture: Picture): Promise<boolean> {
    let layer = this.#layers.get(command.itemId)
    const placed = layer && layer.picture === picture && sameGeometry(layer, command)
    if (layer && placed && layer.version === picture.version) return false
    const { version } = picture
    const planes = await picture.planes()
    if (!layer || !placed || layer.scaled?.width !== layer.to.width) {
      layer = this.#place(command, picture, planes)
      this.#layers.set(command.itemId, layer)
    }
    if (layer.scale && layer.scaled) this.#scale(planes, layer.scaled, layer.scale)
    else layer.scaled = planes
    layer.version = version
    return true
  }

  #place(command: DrawCommand, picture: Picture, planes: Planes): Layer {
    const to = toEven(command.to)
    const shown = onCanvas(to, this.canvas)
    const layer: Layer = { picture, version: 0, from: command.from, to: command.to, scale: null, scaled: null }
    if (!shown) return layer
    const whole = command.from.x === 0 && command.from.y === 0 && command.from.width === planes.width && command.from.height === planes.height
    if (whole && to.width === planes.width && to.height === planes.height) return { ...layer, scaled: planes }
    // Only the part that is on the canvas is scaled: an item may be zoomed far beyond it.
    const scaleX = command.from.width / to.width
    const scaleY = command.from.height / to.height
    const from = {
      x: command.from.x + (shown.x - to.x) * scaleX,
      y: command.from.y + (shown.y - to.y) * scaleY,
      width: shown.width * scaleX,
      height: shown.height * scaleY,
    }
    return {
      ...layer,
      scale: planScale(planes, from, shown.width, shown.height),
      scaled: allocatePlanes(shown.width, shown.height, planes.alpha !== null),
    }
  }

  #lay(list: readonly DrawCommand[], background: string): void {
    const first = list[0] && this.#layers.get(list[0].itemId)
    if (!first?.scaled || !list[0] || !coversCanvas(list[0], first.scaled, this.canvas)) this.#fill(background)
    for (const command of list) {
      const layer = this.#layers.get(command.itemId)
      if (!layer?.scaled) continue
      const to = toEven(command.to)
      const x = layer.scale ? Math.max(0, to.x) : to.x
      const y = layer.scale ? Math.max(0, to.y) : to.y
      layPlanes(this.canvas, layer.scaled, x, y, command.opacity)
    }
  }

  #fill(background: string): void {
    const { r, g, b } = parseColour(background)
    fillRect(this.canvas, 0, 0, this.canvas.width, this.canvas.height, lumaOf(r, g, b), chromaBlueOf(r, g, b), chromaRedOf(r, g, b))
  }

  #forgetLayersNotIn(list: readonly DrawCommand[]): void {
    const kept = new Set(list.map((command) => command.itemId))
    for (const id of this.#layers.keys()) if (!kept.has(id)) this.#layers.delete(id)
  }
}

/** The nearest box on even coordinates, at least 2x2. */
export function toEven(box: Rect): Rect {
  const x = Math.round(box.x / 2) * 2
  const y = Math.round(box.y / 2) * 2
  return {
    x,
    y,
    width: Math.max(2, Math.round((box.x + box.width) / 2) * 2 - x),
    height: Math.max(2, Math.round((box.y + box.height) / 2) * 2 - y),
  }
}

function coversCanvas(command: DrawCommand, scaled: Planes, canvas: Planes): boolean {
  const to = toEven(command.to)
  const full = to.x <= 0 && to.y <= 0 && to.x + to.width >= canvas.width && to.y + to.height >= canvas.height
  return full && command.opacity >= 1 && scaled.alpha === null
}

const sameRect = (a: Rect, b: Rect): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
const sameGeometry = (layer: Layer, command: DrawCommand): boolean => sameRect(layer.from, command.from) && sameRect(layer.to, command.to)
