import type { ScenePicture } from '../pictures/scene-picture.ts'
import { MARK_PX, type MultiviewCell, multiviewGrid } from '../stage/multiview-grid.ts'
import type { Stage } from '../stage/stage.ts'
import { SurfacePainter } from './paint-surface.ts'
import type { ScenePictures } from './scene-pictures.ts'
import { evenPx, type View } from './view.ts'

/** Each cell moves in every third round: 5 times a second. */
const CELL_ROUNDS = 3
const RESTS_UNTIL_RELEASE = 6
const GROUND = '#0d0f13'
const MARKS = { onAir: '#e5383b', preview: '#2fa84f', none: '#2a2f3a' } as const
const LABEL = { ground: '#000000b3', text: '#ffffff' } as const

interface Cell extends MultiviewCell {
  sceneId: string
  thumbnail: ScenePicture
  /** What is on the canvas: the picture's version, the mark and the name. */
  painted: string
}

/** The scenes of the show in a grid, with their names; the one on air has a red border, the one being prepared a green one. */
export class Multiview implements View {
  readonly #context: OffscreenCanvasRenderingContext2D | null
  readonly #painter = new SurfacePainter()
  #cells: Cell[] = []
  /** What the cells were made for. */
  #made = ''

  constructor(
    private readonly canvas: OffscreenCanvas,
    private readonly count: number,
    private readonly stage: Stage,
    private readonly scenes: ScenePictures,
  ) {
    this.#context = canvas.getContext('2d', { alpha: false })
    canvas.width = 0
  }

  setSize(width: number, height: number): void {
    const size = { width: evenPx(width), height: evenPx(height) }
    if (this.canvas.width === size.width && this.canvas.height === size.height) return
    this.canvas.width = size.width
    this.canvas.height = size.height
    this.#made = ''
  }

  jobs(round: number): readonly (() => Promise<void>)[] {
    if (!this.#context || this.canvas.width === 0) return []
    this.#follow(this.#context)
    return this.#cells.filter((_, index) => index % CELL_ROUNDS === round % CELL_ROUNDS).map((cell) => () => this.#paint(cell))
  }

  rest(): void {
    for (const cell of this.#cells) cell.thumbnail.rest(RESTS_UNTIL_RELEASE)
  }

  close(): void {
    for (const cell of this.#cells) cell.thumbnail.close()
    this.#cells = []
    this.#made = ''
  }

  /** Other scenes, another order or another canvas: the grid is laid anew. */
  #follow(context: OffscreenCanvasRenderingContext2D): void {
    const { designed, order } = this.stage
    if (!designed) return
    const shown = order.slice(0, this.count)
    const wanted = `${designed.width}x${designed.height} ${shown.join(' ')}`
    if (wanted === this.#made) return
    this.close()
    this.#made = wanted
    context.fillStyle = GROUND
    context.fillRect(0, 0, this.canvas.width, this.canvas.height)
    const grid = multiviewGrid(this.count, this.canvas, designed)
    this.#cells = shown.flatMap((sceneId, index) => {
      const cell = grid[index]
      return cell ? [{ ...cell, sceneId, thumbnail: this.scenes.thumbnail(sceneId, cell.picture), painted: '' }] : []
    })
  }

  async #paint(cell: Cell): Promise<void> {
    if (!this.#cells.includes(cell)) return
    await cell.thumbnail.refresh()
    const { surface, version } = cell.thumbnail
    const context = this.#context
    if (!context || !surface || !this.#cells.includes(cell)) return
    const name = this.stage.scene(cell.sceneId)?.name ?? ''
    const mark = cell.sceneId === this.stage.onAirId ? MARKS.onAir : cell.sceneId === this.stage.previewId ? MARKS.preview : MARKS.none
    const now = `${version} ${mark} ${name}`
    if (cell.painted === now) return
    cell.painted = now
    const { box, picture } = cell
    context.fillStyle = mark
    context.fillRect(box.x, box.y, box.width, box.height)
    context.fillStyle = GROUND
    context.fillRect(box.x + MARK_PX, box.y + MARK_PX, box.width - 2 * MARK_PX, box.height - 2 * MARK_PX)
    this.#painter.paint(context, surface, picture.x, picture.y, picture.width, picture.height)
    label(context, cell, name)
  }
}

function label(context: OffscreenCanvasRenderingContext2D, { picture }: MultiviewCell, name: string): void {
  if (name === '') return
  const fontPx = Math.max(9, Math.min(18, Math.round(picture.height / 9)))
  context.font = `${fontPx}px system-ui, sans-serif`
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  const room = picture.width - 8
  const width = Math.min(room, context.measureText(name).width + fontPx)
  const height = Math.round(fontPx * 1.5)
  const top = picture.y + picture.height - height - 2
  context.fillStyle = LABEL.ground
  context.fillRect(picture.x + (picture.width - width) / 2, top, width, height)
  context.fillStyle = LABEL.text
  context.fillText(name, picture.x + picture.width / 2, top + height / 2, room - fontPx / 2)
}
