import type { Loudness } from './loudness/loudness-meter.ts'
import { LOUDNESS, RESET, STOP } from './worklet/processor-names.ts'

/** Measures the loudness of one node's sound while anybody listens. */
export class LoudnessTap {
  readonly #handlers = new Set<(loudness: Loudness) => void>()
  #node: AudioWorkletNode | null = null
  #ready = false

  constructor(
    private readonly context: AudioContext,
    private readonly program: AudioNode,
  ) {}

  workletReady(): void {
    this.#ready = true
    this.#follow()
  }

  add(handler: (loudness: Loudness) => void): () => void {
    this.#handlers.add(handler)
    this.#follow()
    return () => {
      this.#handlers.delete(handler)
      this.#follow()
    }
  }

  reset(): void {
    this.#node?.port.postMessage(RESET)
  }

  close(): void {
    this.#handlers.clear()
    this.#follow()
  }

  #follow(): void {
    const wanted = this.#ready && this.#handlers.size > 0
    if (wanted === (this.#node !== null)) return
    if (this.#node) {
      this.program.disconnect(this.#node)
      this.#node.disconnect()
      this.#node.port.postMessage(STOP)
      this.#node = null
      return
    }
    const node = new AudioWorkletNode(this.context, LOUDNESS, { numberOfOutputs: 1, channelCount: 2, channelCountMode: 'explicit' })
    node.port.addEventListener('message', (event: MessageEvent<Loudness>) => {
      for (const handler of this.#handlers) handler(event.data)
    })
    node.port.start()
    this.program.connect(node).connect(this.context.destination)
    this.#node = node
  }
}
