import { Crossfader } from './crossfader.ts'

/** Holds a strip's sound back. Another delay is filled beside the old one and then faded in, so there is neither hole nor click nor bent pitch. */
export class SyncDelay {
  readonly #fader: Crossfader
  #delayMs = 0

  constructor(private readonly context: BaseAudioContext) {
    this.#fader = new Crossfader(context)
  }

  get input(): AudioNode {
    return this.#fader.input
  }

  get output(): AudioNode {
    return this.#fader.output
  }

  set(delayMs: number): void {
    if (delayMs === this.#delayMs) return
    this.#delayMs = delayMs
    if (delayMs <= 0) return this.#fader.swap(null, 0)
    const delayS = delayMs / 1000
    const node = new DelayNode(this.context, { delayTime: delayS, maxDelayTime: delayS })
    this.#fader.swap({ first: node, last: node, close() {} }, delayS)
  }

  close(): void {
    this.#fader.close()
  }
}
