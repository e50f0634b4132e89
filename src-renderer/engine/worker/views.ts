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

type ViewMessage = Extract<ToWorker, { type: 'view-open' | 'view-size' | 'view-visible' | 'view-close' }>

/** Nobody needs to see more than so many pictures a second beside the program. */
export const VIEW_RATE = 15

interface Open {
  visible: boolean
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
  #round = 0
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
        return { visible: true, program, view: null }
      }
      case 'scene':
      case 'source':
      case 'second':
        return { visible: true, program: null, view: new PictureView(canvas, target, scenes, second) }
      case 'multiview':
        return { visible: true, program: null, view: new Multiview(canvas, target.cells, stage, scenes) }
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
    const wanted = [...this.#open.values()].some(({ visible, view }) => visible && view)
    if (wanted === (this.#stop !== null)) return
    this.#stop?.()
    this.#stop = wanted ? this.clock.every(1000 / VIEW_RATE, () => void this.#paintRound()) : null
  }

  async #paintRound(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    this.#round++
    try {
      for (const { visible, view } of this.#open.values()) {
        if (!visible || !view) continue
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
