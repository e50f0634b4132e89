import { ramp, RAMP_S } from './ramp.ts'

/** A way for the sound: what it goes into, what it comes out of, and how to do away with it. */
export interface Lane {
  first: AudioNode
  last: AudioNode
  close(): void
}

interface Running {
  lane: Lane | null
  fade: GainNode
}

/** Keeps what was used before for a little longer than the fade. */
const MARGIN_S = 0.03

/** One of several ways from input to output; a new one is faded in while the old one is faded out. Begins as a plain wire. */
export class Crossfader {
  readonly input: GainNode
  readonly output: GainNode
  #running = new Set<Running>()

  constructor(private readonly context: BaseAudioContext) {
    this.input = new GainNode(context)
    this.output = new GainNode(context)
    this.#running.add(this.#start(null, 1))
  }

  /** Takes another way (null = a plain wire) `afterS` from now, when the new one has got what it needs to sound as it should. */
  swap(lane: Lane | null, afterS: number): void {
    const before = [...this.#running]
    const next = this.#start(lane, 0)
    this.#running.add(next)
    ramp(this.context, next.fade.gain, 1, afterS)
    for (const each of before) ramp(this.context, each.fade.gain, 0, afterS)
    this.#after(afterS + RAMP_S + MARGIN_S, () => {
      for (const each of before) this.#end(each)
    })
  }

  close(): void {
    for (const each of this.#running) this.#end(each)
    this.input.disconnect()
    this.output.disconnect()
  }

  #start(lane: Lane | null, level: number): Running {
    const fade = new GainNode(this.context, { gain: level })
    if (lane) {
      this.input.connect(lane.first)
      lane.last.connect(fade)
    } else this.input.connect(fade)
    fade.connect(this.output)
    return { lane, fade }
  }

  #end(running: Running): void {
    if (!this.#running.delete(running)) return
    const { lane, fade } = running
    this.input.disconnect(lane?.first ?? fade)
    lane?.last.disconnect(fade)
    fade.disconnect()
    lane?.close()
  }

  /** By the sound's own time: a context that stands keeps what it has. */
  #after(seconds: number, act: () => void): void {
    const timer = new ConstantSourceNode(this.context, { offset: 0 })
    // Only what is connected is rendered, and so ends.
    timer.connect(this.output)
    timer.addEventListener('ended', () => {
      timer.disconnect()
      act()
    })
    timer.start()
    timer.stop(this.context.currentTime + seconds)
  }
}
