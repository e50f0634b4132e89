import { follow, HOT_DB, LOUD_DB, meterPlace, METER_FLOOR_DB, silent, TICKS_DB } from './meter-scale.ts'

const BAR_PX = 8
const TICKS_PX = 12

interface Colours {
  low: string
  mid: string
  high: string
  track: string
  text: string
}

/** Colours are read anew when the theme changes, not with every picture. */
let known: { theme: string; colours: Colours } | null = null
function coloursNow(): Colours {
  const theme = document.documentElement.dataset.theme ?? ''
  if (known?.theme !== theme) {
    const style = getComputedStyle(document.documentElement)
    const read = (name: string) => style.getPropertyValue(name).trim()
    known = { theme, colours: { low: read('--meter-low'), mid: read('--meter-mid'), high: read('--meter-high'), track: read('--meter-track'), text: read('--text-faint') } }
  }
  return known.colours
}

/** One strip's meter: level by RMS in colour, peak with hold as a line, ticks in dBFS. Draws only when it is told a level. */
export class MeterCanvas {
  #state = silent(0)
  #rmsDb = -100
  #width = 0

  constructor(private readonly canvas: HTMLCanvasElement) {}

  static readonly heightPx = BAR_PX + TICKS_PX

  /** The peak that is held now, dBFS, for the text beside the meter. */
  get peakDb(): number {
    return this.#state.peakDb
  }

  resize(widthPx: number): void {
    this.#width = Math.max(0, Math.round(widthPx))
    const scale = globalThis.devicePixelRatio || 1
    this.canvas.width = this.#width * scale
    this.canvas.height = MeterCanvas.heightPx * scale
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
    if (!context || this.#width === 0) return
    const colours = coloursNow()
    const width = this.#width
    context.clearRect(0, 0, width, MeterCanvas.heightPx)
    context.fillStyle = colours.track
    context.fillRect(0, 0, width, BAR_PX)
    this.#bar(context, colours, 1, this.#state.levelDb, 0.55)
    this.#bar(context, colours, 1, this.#rmsDb, 1)
    const peakAt = meterPlace(this.#state.peakDb) * width
    if (peakAt > 0) {
      context.fillStyle = this.#state.peakDb >= HOT_DB ? colours.high : this.#state.peakDb >= LOUD_DB ? colours.mid : colours.low
      context.fillRect(Math.min(width - 2, peakAt - 1), 0, 2, BAR_PX)
    }
    this.#ticks(context, colours, width)
  }

  #bar(context: CanvasRenderingContext2D, colours: Colours, inset: number, db: number, alpha: number): void {
    context.globalAlpha = alpha
    for (const [fromDb, toDb, colour] of [[METER_FLOOR_DB, LOUD_DB, colours.low], [LOUD_DB, HOT_DB, colours.mid], [HOT_DB, 0, colours.high]] as const) {
      if (db <= fromDb) break
      const [from, to] = [meterPlace(fromDb) * this.#width, meterPlace(Math.min(db, toDb)) * this.#width]
      context.fillStyle = colour
      context.fillRect(from, inset, to - from, BAR_PX - 2 * inset)
    }
    context.globalAlpha = 1
  }

  #ticks(context: CanvasRenderingContext2D, colours: Colours, width: number): void {
    context.fillStyle = colours.text
    context.font = '9px system-ui, sans-serif'
    context.textBaseline = 'top'
    for (const db of TICKS_DB) {
      const at = meterPlace(db) * width
      context.textAlign = db === 0 ? 'right' : db === METER_FLOOR_DB ? 'left' : 'center'
      context.fillRect(Math.min(width - 1, Math.max(0, Math.round(at))), BAR_PX, 1, 2)
      context.fillText(String(db), at, BAR_PX + 2.5)
    }
  }
}
