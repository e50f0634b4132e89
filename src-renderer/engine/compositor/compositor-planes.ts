import { type DrawCommand, onCanvas, type Rect, type Size } from '../draw-list.ts'
import type { Picture } from '../pictures/picture.ts'
import { layPlanes } from './blend-planes.ts'
import type { Compositor, Stamp } from './compositor.ts'
import { ItemRaster, rasterBox } from './item-raster.ts'
import { allocatePlanes, chromaBlueOf, chromaRedOf, fillRect, lumaOf, parseColour, type Planes, PROGRAM_COLOUR } from './planes.ts'
import { planeScaler } from './plane-kernels.ts'
import { planScale, type Scale } from './scale-planes.ts'
import { planTurn, type Turn, turnPlanes } from './turn-planes.ts'

/** One item as it was last laid: made again only when its source or its place changes. */
interface Layer {
  picture: Picture
  version: number
  from: Rect
  to: Rect
  rotationDeg: number
  flipX: boolean
  flipY: boolean
  /** Where on the canvas its top left corner lies; even. */
  x: number
  y: number
  scale: Scale | null
  turn: Turn | null
  /** The source shrunk to its size on the canvas, before it is turned; null when it need not be. */
  shrunk: Planes | null
  /** `planes` come from the scratch canvas. */
  drawn: boolean
  /** What is laid; null while nothing of the item is on the canvas. */
  planes: Planes | null
  /** Only what lies in here is laid, where `planes` are the whole source. */
  clip: Rect | null
}

/**
 * Composes with the CPU alone, in the form that cameras deliver and encoders want (I420): no conversion to RGB and back.
 * Boxes are rounded to even pixels, because chroma has half the size. Draws everything, so that the program's colour never
 * changes while it is coded: frames that the CPU cannot read go through a scratch canvas, item by item.
 */
export class CompositorPlanes implements Compositor {
  readonly name = 'planes'
  readonly canvas: Planes
  /** Why an item could last not be brought up to date; empty if that has not happened. */
  trouble = ''
  #layers = new Map<string, Layer>()
  #lastList: readonly DrawCommand[] = []
  #lastBackground = ''
  readonly #scale = planeScaler()
  readonly #raster = new ItemRaster()
  readonly #init: VideoFrameBufferInit

  constructor(size: Size) {
    this.canvas = allocatePlanes(size.width, size.height)
    this.#init = { format: 'I420', codedWidth: size.width, codedHeight: size.height, timestamp: 0, duration: 0, colorSpace: PROGRAM_COLOUR }
  }

  get surface(): Planes {
    return this.canvas
  }

  async draw(list: readonly DrawCommand[], background: string, pictures: ReadonlyMap<string, Picture>): Promise<void> {
    if (list !== this.#lastList) this.#forgetLayersNotIn(list)
    let changed = list !== this.#lastList || background !== this.#lastBackground
    for (const command of list) {
      const picture = pictures.get(command.sourceId)
      if (picture && (await this.#prepare(command, picture).catch((error: unknown) => this.#keepLast(error)))) changed = true
    }
    if (changed) this.#lay(list, background)
    this.#lastList = list
    this.#lastBackground = background
  }

  frame(stamp: Stamp): VideoFrame {
    this.#init.timestamp = stamp.timestampUs
    this.#init.duration = stamp.durationUs
    return new VideoFrame(this.canvas.data, this.#init)
  }

  close(): void {
    this.#layers.clear()
    this.#raster.close()
  }

  /** A picture that cannot be had, e.g. because its frame was closed meanwhile, stays as it was last seen. */
  #keepLast(error: unknown): boolean {
    this.trouble = error instanceof Error ? error.message : String(error)
    return false
  }

  /** Brings the item's layer up to date; true when it differs from the last one laid. */
  async #prepare(command: DrawCommand, picture: Picture): Promise<boolean> {
    const last = this.#layers.get(command.itemId)
    const kept = last && last.picture === picture && sameGeometry(last, command) ? last : null
    if (kept?.version === picture.version) return false
    const { version } = picture
    // Reading may fail all the same, e.g. when a GPU is lost.
    const planes = picture.readable ? await picture.planes().catch(() => null) : null
    const make = command.rotationDeg === 0 ? this.#scaled : this.#turned
    const layer = planes ? make.call(this, command, picture, planes, kept) : this.#drawn(command, picture, kept)
    layer.version = version
    this.#layers.set(command.itemId, layer)
    return true
  }

  #scaled(command: DrawCommand, picture: Picture, planes: Planes, kept: Layer | null): Layer {
    // A source that could not be read before, or has changed its size, is placed anew.
    const layer = kept && !kept.drawn && (kept.scale || kept.planes === planes) ? kept : this.#place(command, picture, planes)
    if (layer.scale && layer.planes) this.#scale(planes, layer.planes, layer.scale)
    return layer
  }

  #place(command: DrawCommand, picture: Picture, planes: Planes): Layer {
    const to = toEven(command.to)
    const shown = onCanvas(to, this.canvas)
    const layer = newLayer(command, picture)
    if (!shown) return layer
    if (unscaled(command, to, planes)) return { ...layer, x: to.x - command.from.x, y: to.y - command.from.y, planes, clip: to }
    // Only the part that is on the canvas is scaled: an item may be zoomed far beyond it.
    const scaleX = command.from.width / to.width
    const scaleY = command.from.height / to.height
    const from = {
      x: command.from.x + (layer.flipX ? to.x + to.width - shown.x - shown.width : shown.x - to.x) * scaleX,
      y: command.from.y + (layer.flipY ? to.y + to.height - shown.y - shown.height : shown.y - to.y) * scaleY,
      width: shown.width * scaleX,
      height: shown.height * scaleY,
    }
    return {
      ...layer,
      x: shown.x,
      y: shown.y,
      scale: planScale(planes, from, shown.width, shown.height, layer.flipX, layer.flipY),
      planes: allocatePlanes(shown.width, shown.height, planes.alpha !== null),
    }
  }

  #turned(command: DrawCommand, picture: Picture, planes: Planes, kept: Layer | null): Layer {
    const layer = kept?.turn ? kept : this.#placeTurned(command, picture, planes)
    const { turn, scale, shrunk } = layer
    if (!turn || !layer.planes) return layer
    if (scale && shrunk) this.#scale(planes, shrunk, scale)
    const from = shrunk ? { x: 0, y: 0, width: shrunk.width, height: shrunk.height } : command.from
    turnPlanes(shrunk ?? planes, from, layer.planes, turn)
    return layer
  }

  #placeTurned(command: DrawCommand, picture: Picture, planes: Planes): Layer {
    const { from, to } = command
    const box = rasterBox(command, this.canvas)
    const layer = newLayer(command, picture)
    if (!box) return layer
    const width = evenUp(Math.min(from.width, to.width))
    const height = evenUp(Math.min(from.height, to.height))
    const shrinks = from.width > width || from.height > height
    return {
      ...layer,
      x: box.x,
      y: box.y,
      turn: planTurn(to, command.rotationDeg, box, layer.flipX, layer.flipY),
      scale: shrinks ? planScale(planes, from, width, height) : null,
      shrunk: shrinks ? allocatePlanes(width, height, planes.alpha !== null) : null,
      planes: allocatePlanes(box.width, box.height, true),
    }
  }

  #drawn(command: DrawCommand, picture: Picture, kept: Layer | null): Layer {
    const flat = command.rotationDeg === 0 ? { ...command, to: toEven(command.to) } : command
    const box = rasterBox(flat, this.canvas)
    const layer = newLayer(command, picture)
    if (!box) return layer
    const reuse = kept?.drawn ? kept.planes : null
    return { ...layer, x: box.x, y: box.y, drawn: true, planes: this.#raster.draw(flat, picture, box, reuse) }
  }

  #lay(list: readonly DrawCommand[], background: string): void {
    const first = list[0] && this.#layers.get(list[0].itemId)
    if (!first || !list[0] || list[0].opacity < 1 || !coversCanvas(first, this.canvas)) this.#fill(background)
    for (const command of list) {
      const layer = this.#layers.get(command.itemId)
      if (layer?.planes) layPlanes(this.canvas, layer.planes, layer.x, layer.y, command.opacity, layer.clip)
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

const evenUp = (length: number): number => Math.max(2, Math.ceil(length / 2) * 2)

const newLayer = (command: DrawCommand, picture: Picture): Layer =>
  ({
    picture, version: 0, from: command.from, to: command.to, rotationDeg: command.rotationDeg, flipX: command.flipX === true, flipY: command.flipY === true,
    x: 0, y: 0, scale: null, turn: null, shrunk: null, drawn: false, planes: null, clip: null,
  })

function coversCanvas({ x, y, planes, clip }: Layer, canvas: Planes): boolean {
  if (planes === null || planes.alpha !== null) return false
  const box = clip ?? { x, y, width: planes.width, height: planes.height }
  return box.x <= 0 && box.y <= 0 && box.x + box.width >= canvas.width && box.y + box.height >= canvas.height
}

/** Whether the source's pixels can be laid as they are. */
function unscaled({ from, flipX, flipY }: DrawCommand, to: Rect, planes: Planes): boolean {
  return !flipX && !flipY && from.width === to.width && from.height === to.height && from.x % 2 === 0 && from.y % 2 === 0 &&
    from.x >= 0 && from.y >= 0 && from.x + from.width <= planes.width && from.y + from.height <= planes.height
}

const sameRect = (a: Rect, b: Rect): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
const sameGeometry = (layer: Layer, command: DrawCommand): boolean =>
  layer.rotationDeg === command.rotationDeg && layer.flipX === (command.flipX === true) && layer.flipY === (command.flipY === true) &&
  sameRect(layer.from, command.from) && sameRect(layer.to, command.to)
