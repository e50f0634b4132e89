import type { EngineClock } from '../clock.ts'
import type { Planes } from '../compositor/planes.ts'
import type { ViewTarget } from '../engine.types.ts'
import type { ToWorker } from './messages.ts'
import { Multiview } from './multiview.ts'
import type { PictureStore } from './picture-store.ts'
import { Preview } from './preview.ts'
import type { Scenery } from './scenery.ts'
import type { Turns } from './turns.ts'
import { PictureView, type View } from './view.ts'
import { ViewPace } from './view-pace.ts'

type ViewMessage = Extract<ToWorker, { type: 'view-open' | 'view-size' | 'view-visible' | 'view-close' }>

/** Nobody needs to see more than so many pictures a second beside the program, but for what is edited. */
export const VIEW_RATE = 15
const SMOOTH_RATE = 2 * VIEW_RATE

interface Open {
  visible: boolean
  /** Painted at the smooth rate. */
  smooth: boolean
  /** The program itself is painted in its own beat. */
  program: Preview | null
  view: View | null
}

/**
 * Everything that is looked at besides the program's own preview. Painted piece by piece, each in a turn and a task of its
 * own, so that a frame of the program waits for at most one of them; a round that is not over when the next is due takes its place.
 */
export class Views {
  readonly #open = new Map<number, Open>()
  #stop: (() => void) | null = null
  #rate = 0
  readonly #pace = new ViewPace()
  /** Counts rounds of the usual rate. */
  #round = 0
  /** The next round of the smooth rate is one that only smooth views are painted in. */
  #between = false
  #busy = false
  frameRate = 30

  constructor(
    private readonly clock: EngineClock,
    private readonly store: Pick<PictureStore, 'setTime'>,
    private readonly turns: Turns,
    private readonly scenery: Scenery,
  ) {}

  handle(message: ViewMessage): void {
    const open = this.#open.get(message.viewId)
    switch (message.type) {
      case 'view-open':
        this.#close(message.viewId)
        this.#open.set(message.viewId, this.#make(message.canvas, message.target))
        break
      case 'view-size':
        open?.program?.setSize(message.width, message.height)
        open?.view?.setSize(message.width, message.height)
        break
      case 'view-visible':
        if (!open) break
        open.visible = message.visible
        if (open.program) open.program.visible = message.visible
        break
      case 'view-close':
        this.#close(message.viewId)
    }
    this.#beat()
  }

  /** Whether somebody looks at the program in a view. */
  get programWanted(): boolean {
    for (const { program } of this.#open.values()) if (program?.wanted) return true
    return false
  }

  /** A composed frame of the program, which stays the caller's. */
  paintProgram(frame: VideoFrame, planes: Planes | null): void {
    for (const { program } of this.#open.values()) if (program?.wanted) program.paint(frame, planes)
  }

  rest(): void {
    for (const { view } of this.#open.values()) view?.rest()
  }

  close(): void {
    for (const viewId of this.#open.keys()) this.#close(viewId)
    this.#beat()
  }

  #make(canvas: OffscreenCanvas, target: ViewTarget): Open {
    const { scenes, stage, second } = this.scenery
    switch (target.kind) {
      case 'program': {
        const program = new Preview()
        program.attach(canvas)
        return { visible: true, smooth: false, program, view: null }
      }
      case 'scene':
      case 'source':
      case 'second':
        return { visible: true, smooth: target.kind === 'scene' && target.smooth === true, program: null, view: new PictureView(canvas, target, scenes, second) }
      case 'multiview':
        return { visible: true, smooth: false, program: null, view: new Multiview(canvas, target.cells, stage, scenes) }
    }
  }

  #close(viewId: number): void {
    const open = this.#open.get(viewId)
    open?.program?.detach()
    open?.view?.close()
    this.#open.delete(viewId)
  }

  /** Runs only while somebody looks. */
  #beat(): void {
    const seen = [...this.#open.values()].filter(({ visible, view }) => visible && view)
    const rate = seen.some(({ smooth }) => smooth) ? SMOOTH_RATE : seen.length > 0 ? VIEW_RATE : 0
    if (rate === this.#rate) return
    this.#rate = rate
    this.#between = false
    this.#stop?.()
    this.#stop = rate > 0 ? this.clock.every(1000 / rate, () => void this.#onBeat()) : null
  }

  async #onBeat(): Promise<void> {
    const nowMs = this.clock.monotonicMs()
    const between = this.#rate === SMOOTH_RATE && this.#between
    this.#between = !between
    if (between && !this.#pace.full(nowMs)) return
    if (this.#busy) return this.#rate === SMOOTH_RATE ? this.#pace.missed(nowMs) : undefined
    await this.#paintRound(between)
    if (between) this.#pace.took(this.clock.monotonicMs() - nowMs, this.clock.monotonicMs())
  }

  async #paintRound(onlySmooth: boolean): Promise<void> {
    this.#busy = true
    if (!onlySmooth) this.#round++
    try {
      for (const { visible, view, smooth } of this.#open.values()) {
        if (!visible || !view || (onlySmooth && !smooth)) continue
        for (const job of view.jobs(this.#round)) {
          await this.turns.take(async () => {
            this.#setTime()
            await job()
          })
          // A task of its own: a tick of the program that has become due meanwhile comes first.
          await new Promise<void>((resolve) => void this.clock.after(0, resolve))
        }
      }
    } catch {
      // A view that cannot be painted is tried again in the next round, and costs the program nothing.
    } finally {
      this.#busy = false
    }
  }

  /** What draws itself by the clock moves on the program's own grid, so that looking at it changes nothing in the program. */
  #setTime(): void {
    const frameUs = 1_000_000 / this.frameRate
    this.store.setTime(Math.round(Math.floor(this.clock.wallUs() / frameUs) * frameUs), Math.round(frameUs))
  }
}
