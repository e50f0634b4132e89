import { forcedColours } from '../../composables/forced-colours.ts'
import { textScale } from '../../composables/text-scale.ts'
import { follow, HOT_DB, LOUD_DB, meterPlace, METER_FLOOR_DB, silent, TICKS_DB } from './meter-scale.ts'

/** Widths at the usual size of texts. */
const BAR_PX = 9
const TICKS_PX = 22
/** How wide the whole meter is, rem. */
export const METER_REM = (BAR_PX + TICKS_PX) / 16

interface Colours {
  low: string
  mid: string
  high: string
  track: string
  text: string
}

/** Colours are read anew when the looks change, not with every picture. */
let known: { looks: string; colours: Colours } | null = null
function coloursNow(): Colours {
  const { theme = '', contrast = '' } = document.documentElement.dataset
  const looks = `${theme} ${contrast}`
  if (known?.looks !== looks) {
    const style = getComputedStyle(document.documentElement)
    const read = (name: string) => style.getPropertyValue(name).trim()
    known = { looks, colours: { low: read('--meter-low'), mid: read('--meter-mid'), high: read('--meter-high'), track: read('--meter-track'), text: forcedColours() ? 'CanvasText' : read('--text-faint') } }
  }
  return known.colours
}

/** One strip's upright meter: peak in pale and RMS in full colour, the highest peak as a line, ticks in dBFS. Draws only when it is told a level. */
export class MeterCanvas {
  #state = silent(0)
  #rmsDb = -100
  /** In pixels at the usual size of texts; everything is drawn so, and scaled. */
  #height = 0

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** The peak as it is shown now, dBFS, for the text beside the meter. */
  get levelDb(): number {
    return this.#state.levelDb
  }

  resize(heightPx: number): void {
    const text = textScale()
    const scale = (globalThis.devicePixelRatio || 1) * text
    this.#height = Math.max(0, heightPx / text)
    this.canvas.width = Math.round((BAR_PX + TICKS_PX) * scale)
    this.canvas.height = Math.round(this.#height * scale)
    this.canvas.getContext('2d')?.setTransform(scale, 0, 0, scale, 0, 0)
    this.#draw()
  }

  level(peakDb: number, rmsDb: number, atMs: number): void {
    this.#state = follow(this.#state, peakDb, atMs)
    this.#rmsDb = rmsDb
    this.#draw()
  }

  #draw(): void {
    const context = this.canvas.getContext('2d')
    if (!context || this.#height === 0) return
    const colours = coloursNow()
    context.clearRect(0, 0, BAR_PX + TICKS_PX, this.#height)
    context.fillStyle = colours.track
    context.fillRect(0, 0, BAR_PX, this.#height)
    this.#bar(context, colours, this.#state.levelDb, 0.55)
    this.#bar(context, colours, this.#rmsDb, 1)
    const { peakDb } = this.#state
    if (meterPlace(peakDb) > 0) {
      context.fillStyle = peakDb >= HOT_DB ? colours.high : peakDb >= LOUD_DB ? colours.mid : colours.low
      context.fillRect(0, Math.min(this.#height - 2, Math.max(0, this.#y(peakDb) - 1)), BAR_PX, 2)
    }
    this.#ticks(context, colours)
  }

  #y(db: number): number {
    return (1 - meterPlace(db)) * this.#height
  }

  #bar(context: CanvasRenderingContext2D, colours: Colours, db: number, alpha: number): void {
    context.globalAlpha = alpha
    for (const [fromDb, toDb, colour] of [[METER_FLOOR_DB, LOUD_DB, colours.low], [LOUD_DB, HOT_DB, colours.mid], [HOT_DB, 0, colours.high]] as const) {
      if (db <= fromDb) break
      const [bottom, top] = [this.#y(fromDb), this.#y(Math.min(db, toDb))]
      context.fillStyle = colour
      context.fillRect(1, top, BAR_PX - 2, bottom - top)
    }
    context.globalAlpha = 1
  }

  #ticks(context: CanvasRenderingContext2D, colours: Colours): void {
    context.fillStyle = colours.text
    context.font = '9px system-ui, sans-serif'
    context.textAlign = 'left'
    // On a low meter every second number, so that they do not touch.
    const every = this.#height < 90 ? 2 : 1
    for (const [i, db] of TICKS_DB.entries()) {
      const y = this.#y(db)
      context.fillRect(BAR_PX, Math.min(this.#height - 1, Math.max(0, Math.round(y))), 2, 1)
      if (i % every !== 0) continue
      context.textBaseline = db === 0 ? 'top' : db === METER_FLOOR_DB ? 'bottom' : 'middle'
      context.fillText(String(-db), BAR_PX + 4, y)
    }
  }
}
